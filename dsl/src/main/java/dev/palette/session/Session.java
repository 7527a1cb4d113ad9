package dev.palette.session;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Strategy;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.export.Export;
import dev.palette.report.Console;
import dev.palette.report.LoggedTrials;
import dev.palette.report.TrialProgress;
import dev.palette.report.TrialTitle;
import dev.palette.result.RunResult;
import dev.palette.result.RunSet;
import dev.palette.runner.ExportedTrials;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.spec.PaletteException;
import dev.palette.table.BudgetTable;
import dev.palette.table.ResultTable;
import dev.palette.table.Table;
import dev.palette.table.TableFiles;
import dev.palette.table.TableFormat;
import dev.palette.table.TableSpec;
import dev.palette.train.StopSignal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        return watched(
                experiment.name(),
                new TrialTitle(experiment.axes()),
                options,
                (stop, listener, console) -> backend.run(experiment, options, stop, listener, console));
    }

    /**
     * The same for some of an experiment's trials.
     *
     * @param experiment its name
     */
    public RunSummary run(String experiment, List<Trial> trials, RunOptions options) {
        return watched(
                experiment,
                TrialTitle.PLAIN,
                options,
                (stop, listener, console) -> backend.run(experiment, trials, options, stop, listener, console));
    }

    /** What is done while a person looks on. */
    private interface Work {
        RunSummary run(StopSignal stop, RunListener listener, Console console);
    }

    private RunSummary watched(String experiment, TrialTitle titles, RunOptions options, Work work) {
        if (options.dataDir() == null) {
            throw new PaletteException(
                    "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
        }
        StopSignal stop = new StopSignal();
        Console console = Console.ofProcess();
        try (TrialProgress progress = new TrialProgress(console, titles);
                StopOnSignal signals = new StopOnSignal(stop, err);
                ExportedTrials exported = new ExportedTrials(exports, options.out(), experiment, progress)) {
            if (!options.plan().inProcess() && !backend.isInProcess()) { // workers write their own logs
                return work.run(stop, exported, console);
            }
            try (LoggedTrials logged = new LoggedTrials(options.out(), experiment, exported)) {
                return work.run(stop, logged, console);
            }
        }
    }

    /**
     * Prints the tables of what is finished, and writes them as {@code results.md}, {@code .csv} and {@code .json}.
     *
     * @param runs the folder of the experiment's runs
     * @param folder where the files go
     * @param spec what the table shows
     */
    public void tabulate(Experiment experiment, RunSummary summary, Path runs, Path folder, TableSpec spec) {
        if (summary.finished().isEmpty()) {
            return;
        }
        if (!experiment.training().evaluate().report()) {
            out.println("trained; no dev set was evaluated, so there is no table");
            out.flush();
            return;
        }
        RunSet set = runSet(experiment, summary, runs);
        List<Table> tables = new ArrayList<>(ResultTable.of(experiment.name(), set, spec));
        if (experiment.sweep().strategy() instanceof Strategy.Random) { // what it says holds for no other search
            tables.add(BudgetTable.of(set));
        }
        TableFiles.write(tables, set, folder);
        out.println(TableFormat.TEXT.render(tables, Console.ofProcess().tableWidth()));
        out.println("written to %s, .csv and .json; each run's log and checkpoints lie beside them"
                .formatted(folder.resolve("results.md")));
        out.flush();
    }

    /** All trials of a grid, those that are not finished as well; of a search those that have come to an end. */
    private static RunSet runSet(Experiment experiment, RunSummary summary, Path runs) {
        boolean allKnown = experiment.sweep().isFixed() && experiment.sweep().strategy() instanceof Strategy.Grid;
        if (allKnown) {
            return RunSet.of(runs, experiment.trials(), experiment.axes(), summary.finished());
        }
        Stream<String> finished = summary.finished().stream().map(RunResult::trial);
        Stream<String> stopped =
                summary.stoppedEarly().stream().map(each -> each.trial().id());
        return RunSet.read(Stream.concat(finished, stopped).map(runs::resolve).toList(), Vocabulary.installed());
    }

    /**
     * Says how the run ended: how many trials are finished, and of each that failed why, and where its log is.
     *
     * @return the exit code
     */
    public int end(RunSummary summary) {
        return end(summary, TrialTitle.PLAIN);
    }

    /**
     * The same.
     *
     * @param titles what trials are called
     */
    public int end(RunSummary summary, TrialTitle titles) {
        int made = summary.finished().size() - summary.cached();
        String stopped = summary.stoppedEarly().isEmpty()
                ? ""
                : "%d stopped early, ".formatted(summary.stoppedEarly().size());
        err.println("%d finished, %d finished earlier, %s%d failed, %d not finished"
                .formatted(made, summary.cached(), stopped, summary.failed(), summary.unfinished()));
        for (RunSummary.Failure failure : summary.failures()) {
            err.println("  %s: %s".formatted(titles.of(failure.trial()), failure.cause()));
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
