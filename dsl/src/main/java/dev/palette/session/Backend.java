package dev.palette.session;

import dev.palette.execution.PredictOptions;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.report.Console;
import dev.palette.result.PredictionFile;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What the command line asks of the runner; tests answer it themselves. */
public interface Backend {
    /** Whether trials run in this process, whatever their plan says. */
    default boolean isInProcess() {
        return false;
    }

    /** Runs those trials of an experiment's sweep that have no result yet. */
    RunSummary run(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener, Console console);

    /**
     * Runs those of an experiment's trials that have no result yet.
     *
     * @param experiment its name
     * @param console where downloads are shown
     */
    RunSummary run(
            String experiment,
            List<Trial> trials,
            RunOptions options,
            StopSignal stop,
            RunListener listener,
            Console console);

    /**
     * Makes the predictions that a finished run lacks; nothing is trained.
     *
     * @param run the run's folder
     * @param messages hears of what is predicted, and what cannot be
     * @param console where downloads are shown
     * @return the predictions asked for that there are now
     */
    List<PredictionFile> predict(Path run, PredictOptions options, Consumer<String> messages, Console console);
}
