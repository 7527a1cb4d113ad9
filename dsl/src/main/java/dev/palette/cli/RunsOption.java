package dev.palette.cli;

import dev.palette.experiment.Settings;
import dev.palette.result.RunFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command without a script finds runs: {@code --out}, else the setting {@code out}. */
final class RunsOption {
    @Option(names = "--out", paramLabel = "DIR", description = "folder of all runs; default: the setting out, runs")
    private @Nullable String out;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting, e.g. out=/data/runs; may be repeated")
    private List<String> assignments = new ArrayList<>();

    /** The folder of all runs. */
    Path out() {
        List<String> all = new ArrayList<>(assignments);
        if (out != null) {
            all.add("out=" + out);
        }
        return Settings.load(Settings.Sources.ofProcess(null, all)).out();
    }

    /** The one run that a person calls so. */
    Path run(String name) {
        return RunFolders.named(name, out());
    }

    /** The folders of the runs that a person calls so: a folder of them, an experiment, or a run; all when nothing is named. */
    List<Path> runs(List<String> names) {
        return runs(names, out());
    }

    static List<Path> runs(List<String> names, Path all) {
        if (names.isEmpty()) {
            return Files.isDirectory(all) ? RunFolders.in(all) : List.of();
        }
        return names.stream()
                .flatMap(name -> runs(name, all).stream())
                .distinct()
                .toList();
    }

    private static List<Path> runs(String name, Path all) {
        for (Path folder : List.of(Path.of(name), all.resolve(name))) {
            if (Files.isDirectory(folder)) {
                return RunFolders.in(folder);
            }
        }
        return List.of(RunFolders.named(name, all));
    }
}
