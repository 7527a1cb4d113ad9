package dev.palette.session;

import dev.palette.adapter.Adapter;
import dev.palette.execution.PredictOptions;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.report.Console;
import dev.palette.result.Parameters;
import dev.palette.result.PredictionFile;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the command line asks of the runner; tests answer it themselves. */
public interface Backend {
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

    /** How large the model of each of an experiment's architectures would be, by adapter; makes no model. */
    Map<Adapter, Parameters> parameters(Experiment experiment, RunOptions options);
}
