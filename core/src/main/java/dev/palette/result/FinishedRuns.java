package dev.palette.result;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the finished runs in what people call a run: a run's own folder, or one that holds several, such as an experiment's. */
public final class FinishedRuns {
    private static final int DEPTH = 3; // <out>/<experiment>/<trial>

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
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            List<Path> finished = all.filter(FinishedRuns::isFinished)
                    .filter(run -> !isSetAside(folder, run))
                    .sorted()
                    .toList();
            if (finished.isEmpty()) {
                throw new PaletteException(
                        "%s holds no finished run; name the folder of one, <out>/<experiment>/<trial>, or of an experiment"
                                .formatted(folder));
            }
            return finished;
        } catch (IOException e) {
            throw new PaletteException("cannot look for runs in %s: %s".formatted(folder, e), e);
        }
    }

    /** Whether a path in a folder belongs to a run that was set aside as stale. */
    public static boolean isSetAside(Path folder, Path inside) {
        return folder.relativize(inside).toString().contains(RunDirectory.STALE);
    }

    private static boolean isFinished(Path folder) {
        return Files.isRegularFile(folder.resolve(RunDirectory.TRIAL))
                && Files.isRegularFile(folder.resolve(RunDirectory.RESULT));
    }
}
