package dev.palette.cli;

import dev.palette.experiment.Vocabulary;
import dev.palette.report.Console;
import dev.palette.result.RunFolders;
import dev.palette.result.RunSet;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import dev.palette.table.LineComparison;
import dev.palette.table.RunFilter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette compare}: how two variants differ, in words and a picture. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Says how B differs from A, in words and a picture: the effect with its 95 %% interval, over seeds and examples.",
            "A and B are folders of runs, or values of what varies, as in shared or adapter=shared,sampler=annealed."
        },
        footer = {
            "",
            "Examples:",
            "  palette compare shared 'PALs(204)' --in runs/glue-small",
            "  palette compare runs/before runs/after --margin 0.5"
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "0", paramLabel = "A", description = "the variant that is compared with")
    private String first;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "1", paramLabel = "B", description = "the variant that is compared")
    private String second;

    @Option(
            names = "--in",
            split = ",",
            paramLabel = "RUNS",
            description =
                    "an experiment's folder or name, where values are looked for; default: the folder of all runs")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "what is compared; default: tasks and the average")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            description = "points of a hundred within which they count as equally good; tests equivalence")
    private @Nullable Double margin;

    @Override
    public Integer call() {
        Vocabulary vocabulary = Vocabulary.installed();
        LineComparison comparison = LineComparison.of(
                set(first, vocabulary),
                set(second, vocabulary),
                columns,
                margin == null ? OptionalDouble.empty() : OptionalDouble.of(margin));
        PrintWriter out = spec.commandLine().getOut();
        out.print(comparison.text(Console.ofProcess().tableWidth()));
        out.flush();
        return ExitCode.FINISHED;
    }

    /** The runs that a person calls so. */
    private RunSet set(String name, Vocabulary vocabulary) {
        if (Files.isDirectory(Path.of(name))) {
            RunSet there = RunSet.read(RunFolders.in(Path.of(name)), vocabulary);
            if (there.runs().isEmpty()) {
                throw new PaletteException(
                        "no runs in %s; name the folder of an experiment or of a run".formatted(name));
            }
            return there;
        }
        return RunFilter.of(name).in(RunSet.read(runs.runs(names), vocabulary));
    }
}
