package dev.palette.cli;

import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.export.Export;
import dev.palette.report.Console;
import dev.palette.report.DownloadBars;
import dev.palette.report.TrialTitle;
import dev.palette.result.ExperimentFile;
import dev.palette.runner.Explanations;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.session.Backend;
import dev.palette.session.ExitCode;
import dev.palette.session.Session;
import dev.palette.session.Traceable;
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
            "  palette run experiments/glue-small.groovy --set data.dir=glue_data --dry-run",
            "  palette run experiments/quickstart.groovy --explain"
        })
final class RunCommand implements Callable<Integer>, Traceable {
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

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "the form of the experiment that the script's profiles give under this name")
    private @Nullable String profile;

    @Option(names = "--out", paramLabel = "DIR", description = "folder of all runs; default: runs")
    private @Nullable String out;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads for matrix products; default: one a processor")
    private @Nullable String threads;

    @Option(
            names = "--devices",
            paramLabel = "LIST",
            description =
                    "where trials run: cuda:0,cuda:1 or cpu, or cpu*2 for two at once; default: all GPUs, else the cpu")
    private @Nullable String devices;

    @Option(
            names = "--launcher",
            paramLabel = "WHERE",
            description =
                    "local, on this machine; slurm, as job arrays of a cluster; spark, as tasks of one; default: local")
    private @Nullable String launcher;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's cluster, with --launcher spark: spark://host:7077")
    private @Nullable String master;

    @Option(names = "--keep-going", description = "go on with the other trials when one has failed; the default")
    private boolean keepGoing;

    @Option(names = "--fail-fast", description = "stop the other trials when one has failed")
    private boolean failFast;

    @Option(names = "--in-process", description = "run trials in this process, one after the other, for a debugger")
    private boolean inProcess;

    @Option(names = "--dry-run", description = "list the trials with their parameter counts, and run nothing")
    private boolean dryRun;

    @Option(
            names = "--explain",
            description = "say of each trial whether it would be run and why, field by field, and run nothing")
    private boolean explain;

    @Option(names = "--stacktrace", description = "with an error, show where in the program it arose")
    private boolean stackTrace;

    RunCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public boolean stackTrace() {
        return stackTrace;
    }

    @Override
    public Integer call() {
        Settings given = Settings.load(Settings.Sources.ofProcess(script, allAssignments()));
        Vocabulary vocabulary = Vocabulary.installed();
        ExperimentScript loaded = ExperimentScript.load(script, vocabulary, given);
        loaded.warnings().forEach(spec.commandLine().getErr()::println);
        List<Export> exports = loaded.settings().switchedOn(Export.FAMILY, vocabulary);
        Experiment experiment = loaded.experiment();
        RunOptions options = options(loaded.settings(), loaded.runPlan());
        if (dryRun) {
            new DryRun(spec.commandLine().getOut()).print(experiment, options);
            return ExitCode.FINISHED;
        }
        if (explain) {
            explain(experiment, options);
            return ExitCode.FINISHED;
        }
        Session session = new Session(
                        backend, spec.commandLine().getOut(), spec.commandLine().getErr())
                .exporting(exports);
        Path folder = options.out().resolve(experiment.name());
        new ExperimentFile(experiment.name(), experiment.axes(), loaded.fileName(), loaded.text()).write(folder);
        RunSummary summary = session.run(experiment, options);
        session.tabulate(experiment, summary, folder, folder, loaded.table());
        return session.end(summary, new TrialTitle(experiment.axes()));
    }

    private void explain(Experiment experiment, RunOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (DownloadBars downloads = new DownloadBars(Console.ofProcess())) {
            Explanations.of(experiment, options, downloads).forEach(explanation -> out.println(explanation.text()));
        }
        out.flush();
    }

    /** The options that are settings too are handed on as such, so that they are checked in one place. */
    private List<String> allAssignments() {
        List<String> all = new ArrayList<>(assignments);
        if (profile != null) {
            all.add("profile=" + profile);
        }
        if (out != null) {
            all.add("out=" + out);
        }
        if (threads != null) {
            all.add("threads=" + threads);
        }
        if (devices != null) {
            all.add("run.devices=" + devices);
        }
        if (launcher != null) {
            all.add("run.launcher=" + launcher);
        }
        if (master != null) {
            all.add("run.spark.master=" + master);
        }
        if (failFast || keepGoing) {
            all.add("run.keepGoing=" + keepGoing);
        }
        if (inProcess) {
            all.add("run.inProcess=true");
        }
        return all;
    }

    private static RunOptions options(Settings settings, RunPlan plan) {
        return new RunOptions(
                settings.out(),
                settings.dataDirectory().orElse(null),
                settings.cacheDirectory(),
                settings.threads(),
                settings.checkpoints(),
                settings.predictTest(),
                plan);
    }
}
