package dev.palette.cli;

import dev.palette.experiment.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command without a script finds data: {@code --data}, else the setting {@code data.dir}. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the folder that holds the tasks' folders; default: the setting data.dir")
    private @Nullable String folder;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting, e.g. cache.dir=/tmp/cache; may be repeated")
    private List<String> assignments = new ArrayList<>();

    /** The settings of this process, with the command line's on top. */
    Settings settings() {
        return settings(null);
    }

    /** The settings of a script beside which some may lie, with the command line's on top. */
    Settings settings(@Nullable Path script) {
        List<String> all = new ArrayList<>(assignments);
        if (folder != null) {
            all.add("data.dir=" + folder);
        }
        return Settings.load(Settings.Sources.ofProcess(script, all));
    }

    /** The folder, if one is named or set. */
    Optional<Path> folder() {
        return settings().dataDirectory();
    }
}
