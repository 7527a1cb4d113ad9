package dev.palette.result;

import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the finished runs in what people call a run: a run's own folder, or one that holds several, such as an experiment's. */
public final class FinishedRuns {
    private FinishedRuns() {}

    /**
     * The folders of the finished runs in a folder, which may be one itself. Runs set aside as stale are left out unless named.
     *
     * @throws PaletteException when there is none
     */
    public static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PaletteException("there is no folder %s; name the folder of a finished run".formatted(folder));
        }
        List<Path> finished = RunFolders.in(folder).stream()
                .filter(run -> new RunFiles(run).isFinished())
                .filter(run -> !isSetAside(folder, run))
                .toList();
        if (finished.isEmpty()) {
            throw new PaletteException(
                    "%s holds no finished run; name the folder of one, <out>/<experiment>/<trial>, or of an experiment"
                            .formatted(folder));
        }
        return finished;
    }

    /** Whether a path in a folder belongs to a run that was set aside as stale. */
    public static boolean isSetAside(Path folder, Path inside) {
        return folder.relativize(inside).toString().contains(RunFiles.STALE);
    }
}
