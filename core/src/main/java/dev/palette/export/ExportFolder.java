package dev.palette.export;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where exporters that write files put those of a run's experiment. */
final class ExportFolder {
    private ExportFolder() {}

    /**
     * The experiment's folder in the one that was asked for; without one, beside the experiment's runs.
     *
     * @param asked the setting {@code dir}
     * @param word the exporter's
     */
    static Path of(ExportedRun run, @Nullable Path asked, String word) {
        return asked == null
                ? run.stored().folder().resolveSibling(word)
                : asked.resolve(run.stored().experiment());
    }
}
