package dev.palette.submission;

import dev.palette.result.FinishedRuns;
import dev.palette.result.PredictionFile;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds prediction files in what people call a run: a run's folder, a folder that holds a folder {@code predictions}, that folder
 * itself, or a folder of several runs, such as an experiment's.
 */
final class PredictionFolders {
    private static final String PREDICTIONS = "predictions";
    private static final int DEPTH = 4; // <out>/<experiment>/<trial>/predictions

    private final List<Path> named;
    private final List<Path> beneath;

    private PredictionFolders(List<Path> named, List<Path> beneath) {
        this.named = named;
        this.beneath = beneath;
    }

    /**
     * The folders of predictions in some folders.
     *
     * @throws PaletteException when there is none
     */
    static PredictionFolders in(List<Path> folders) {
        List<Path> named = new ArrayList<>();
        List<Path> beneath = new ArrayList<>();
        for (Path folder : folders) {
            List<Path> found = under(folder);
            Path own = folder.resolve(PREDICTIONS);
            found.forEach(each -> (each.equals(own) || each.equals(folder) ? named : beneath).add(each));
            if (found.isEmpty()) {
                throw new PaletteException(
                        "%s holds no folder '%s'; name the folder of a finished run, of an experiment, or an output_dir"
                                .formatted(folder, PREDICTIONS));
            }
        }
        return new PredictionFolders(List.copyOf(named), List.copyOf(beneath));
    }

    /**
     * A file of predictions, if there is one.
     *
     * @throws PaletteException when several runs have one, so that somebody must choose
     */
    Optional<Path> find(PredictionFile wanted) {
        List<Path> nearest = having(wanted, named);
        List<Path> found = nearest.isEmpty() ? having(wanted, beneath) : nearest;
        if (found.size() > 1) {
            throw new PaletteException(
                    "%d runs have predictions %s: %s; name those runs that you want, one of these among them"
                            .formatted(
                                    found.size(),
                                    wanted.name(),
                                    String.join(
                                            ", ",
                                            found.stream().map(Path::toString).toList())));
        }
        return found.stream().findFirst();
    }

    private static List<Path> having(PredictionFile wanted, List<Path> folders) {
        return folders.stream()
                .map(folder -> wanted.in(folder, PredictionFile.TABLE))
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> under(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PaletteException("there is no folder %s; name the folder of a finished run".formatted(folder));
        }
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(path -> path.endsWith(PREDICTIONS) && Files.isDirectory(path))
                    .filter(path -> !FinishedRuns.isSetAside(folder, path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PaletteException("cannot look for predictions in %s: %s".formatted(folder, e), e);
        }
    }
}
