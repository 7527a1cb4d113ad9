package dev.palette.cli;

import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.Console;
import dev.palette.report.LoggedTrials;
import dev.palette.report.TrialProgress;
import dev.palette.result.ResultFiles;
import dev.palette.result.ResultTable;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette run}: trains every trial of an experiment that isn't finished yet, and prints the table. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Trains every trial of an experiment that has no result yet, and prints a table of all.",
            "A trial that was stopped goes on from its last checkpoint."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all trials are finished",
            "1:a trial failed",
            "2:the input is wrong; the message says what to put right",
            "130:stopped; the same command goes on from the last checkpoint"
        },
        footer = {
            "",
            "Examples:",
            "  palette run experiments/quickstart.groovy",
            "  palette run experiments/glue-small.groovy --set data.dir=glue_data --dry-run"
        })
final class RunCommand implements Callable<Integer> {
    private final Backend backend;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "SCRIPT", description = "the experiment, a Groovy file")
    private Path script;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting, over the script's own, e.g. train.batchSize=8; may be repeated")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "folder of all runs; default: runs")
    private @Nullable String out;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads for matrix products; default: one a processor")
    private @Nullable String threads;

    @Option(names = "--dry-run", description = "list the trials with their parameter counts, and run nothing")
    private boolean dryRun;

    @Option(names = "--stacktrace", description = "with an error, show where in the program it arose")
    private boolean stackTrace;

    RunCommand(Backend backend) {
        this.backend = backend;
    }

    /** Whether a message is to be followed by where it arose. */
    boolean stackTrace() {
        return stackTrace;
    }

    @Override
    public Integer call() {
        Settings given = Settings.load(Settings.Sources.ofProcess(script, allAssignments()));
        ExperimentScript loaded = ExperimentScript.load(script, Vocabulary.installed(), given);
        Experiment experiment = loaded.experiment();
        RunOptions options = options(loaded.settings());
        if (dryRun) {
            new DryRun(backend, spec.commandLine().getOut()).print(experiment, options);
            return ExitCode.FINISHED;
        }
        return end(experiment, options, run(experiment, options));
    }

    private RunSummary run(Experiment experiment, RunOptions options) {
        if (options.dataDir() == null) {
            throw new PaletteException(
                    "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
        }
        StopSignal stop = new StopSignal();
        Console console = Console.ofProcess();
        try (TrialProgress progress = new TrialProgress(console);
                LoggedTrials logged = new LoggedTrials(options.out(), experiment.name(), progress);
                StopOnSignal signals = new StopOnSignal(stop, spec.commandLine().getErr())) {
            return backend.run(experiment, options, stop, logged, console);
        }
    }

    /** Prints the table and where its files lie, and says how the run ended. */
    private int end(Experiment experiment, RunOptions options, RunSummary summary) {
        PrintWriter standardOut = spec.commandLine().getOut();
        PrintWriter standardError = spec.commandLine().getErr();
        Path folder = options.out().resolve(experiment.name());
        if (!summary.finished().isEmpty()) {
            ResultTable table = ResultTable.of(experiment, summary.finished());
            ResultFiles.write(table, folder);
            standardOut.println(table.text());
            standardOut.println("written to %s, .csv and .json; each run's log and checkpoints lie beside them"
                    .formatted(folder.resolve("results.md")));
            standardOut.flush();
        }
        if (summary.interrupted()) {
            standardError.println("stopped; run the same command again to go on from the last checkpoint");
            return ExitCode.INTERRUPTED;
        }
        if (summary.failed() > 0) {
            standardError.println("%d of %d trials failed; their run.log under %s says why"
                    .formatted(summary.failed(), experiment.trials().size(), folder));
            return ExitCode.FAILED;
        }
        return ExitCode.FINISHED;
    }

    /** The options that are settings too are handed on as such, so that they are checked in one place. */
    private List<String> allAssignments() {
        List<String> all = new ArrayList<>(assignments);
        if (out != null) {
            all.add("out=" + out);
        }
        if (threads != null) {
            all.add("threads=" + threads);
        }
        return all;
    }

    private static RunOptions options(Settings settings) {
        return new RunOptions(
                settings.out(),
                settings.dataDirectory().orElse(null),
                settings.cacheDirectory(),
                settings.threads(),
                settings.checkpointMinutes());
    }
}
