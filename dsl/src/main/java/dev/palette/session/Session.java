package dev.palette.session;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.export.Export;
import dev.palette.report.Console;
import dev.palette.report.LoggedTrials;
import dev.palette.report.TrialProgress;
import dev.palette.result.ResultFiles;
import dev.palette.result.ResultTable;
import dev.palette.runner.ExportedTrials;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** One command's dealings with the person who gave it: it runs the experiment, shows how it goes, and prints what came of it. */
public final class Session {
    private final Backend backend;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<Export> exports;

    /** A session that prints results to {@code out} and all else to {@code err}. */
    public Session(Backend backend, PrintWriter out, PrintWriter err) {
        this(backend, out, err, List.of());
    }

    private Session(Backend backend, PrintWriter out, PrintWriter err, List<Export> exports) {
        this.backend = backend;
        this.out = out;
        this.err = err;
        this.exports = exports;
    }

    /** The same, in which runs are exported while they go on. */
    public Session exporting(List<Export> to) {
        return new Session(backend, out, err, List.copyOf(to));
    }

    /**
     * Brings every trial to its result, with a progress bar; Ctrl-C and SIGTERM stop it with a checkpoint.
     *
     * @throws PaletteException when the input is wrong
     */
    public RunSummary run(Experiment experiment, RunOptions options) {
        return run(experiment.name(), experiment.trials(), options);
    }

    /**
     * The same for some of an experiment's trials.
     *
     * @param experiment its name
     */
    public RunSummary run(String experiment, List<Trial> trials, RunOptions options) {
        if (options.dataDir() == null) {
            throw new PaletteException(
                    "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
        }
        StopSignal stop = new StopSignal();
        Console console = Console.ofProcess();
        try (TrialProgress progress = new TrialProgress(console);
                StopOnSignal signals = new StopOnSignal(stop, err);
                ExportedTrials exported = new ExportedTrials(exports, options.out(), experiment, progress)) {
            if (!options.plan().inProcess()) { // workers write their own logs
                return backend.run(experiment, trials, options, stop, exported, console);
            }
            try (LoggedTrials logged = new LoggedTrials(options.out(), experiment, exported)) {
                return backend.run(experiment, trials, options, stop, logged, console);
            }
        }
    }

    /** Prints the table of what is finished, and writes it as {@code results.md}, {@code .csv} and {@code .json}. */
    public void tabulate(Experiment experiment, RunSummary summary, Path folder) {
        if (summary.finished().isEmpty()) {
            return;
        }
        if (!experiment.training().evaluate().report()) {
            out.println("trained; no dev set was evaluated, so there is no table");
            out.flush();
            return;
        }
        ResultTable table = ResultTable.of(experiment, summary.finished());
        ResultFiles.write(table, folder);
        out.println(table.text());
        out.println("written to %s, .csv and .json; each run's log and checkpoints lie beside them"
                .formatted(folder.resolve("results.md")));
        out.flush();
    }

    /**
     * Says how the run ended: how many trials are finished, and of each that failed why, and where its log is.
     *
     * @return the exit code
     */
    public int end(RunSummary summary) {
        int made = summary.finished().size() - summary.cached();
        err.println("%d finished, %d finished earlier, %d failed, %d not finished"
                .formatted(made, summary.cached(), summary.failed(), summary.unfinished()));
        for (RunSummary.Failure failure : summary.failures()) {
            err.println("  %s: %s".formatted(TrialProgress.title(failure.trial()), failure.cause()));
            err.println("      log: " + failure.log());
        }
        err.flush();
        if (summary.interrupted()) {
            err.println("stopped; run the same command again to go on from the last checkpoint");
            return ExitCode.INTERRUPTED;
        }
        return summary.failed() + summary.unfinished() > 0 ? ExitCode.FAILED : ExitCode.FINISHED;
    }
}
