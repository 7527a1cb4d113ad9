package dev.palette.cli;

import dev.palette.experiment.Vocabulary;
import dev.palette.result.RunEntry;
import dev.palette.result.RunListing;
import dev.palette.result.RunTable;
import dev.palette.session.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette runs}: what there is of runs, a line each. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists runs: experiment, trial, state, steps done of those asked for, score, age and size on disk.",
            "A run is finished, unfinished, running, stale (set aside, because data, weights or numerics have changed) or damaged.",
            "The score is the average that the trial chooses its checkpoint by, over the scores of the finished run."
        },
        footer = {"", "Examples:", "  palette runs", "  palette runs glue-small", "  palette runs /data/runs --json"})
final class RunsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "OUT|EXPERIMENT",
            arity = "0..*",
            description = "a folder of runs, or an experiment's name; default: the folder of all runs")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(names = "--json", description = "an array with an object a run")
    private boolean json;

    @Override
    public Integer call() {
        RunListing listing = new RunListing(Vocabulary.installed());
        List<Path> folders = runs.runs(names);
        List<RunEntry> entries = folders.parallelStream().map(listing::entry).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RunTable.json(entries).toPrettyString());
        } else if (entries.isEmpty()) {
            out.println("no runs in %s".formatted(names.isEmpty() ? runs.out() : String.join(", ", names)));
        } else {
            out.println(RunTable.text(entries, Instant.now()));
        }
        out.flush();
        return ExitCode.FINISHED;
    }
}
