package dev.palette.session;

import dev.palette.execution.PredictOptions;
import dev.palette.execution.RunPredictor;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.Console;
import dev.palette.report.DownloadBars;
import dev.palette.result.PredictionFile;
import dev.palette.runner.ExperimentRunner;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The real runner behind the command line. */
public final class RunnerBackend implements Backend {
    @Override
    public RunSummary run(
            Experiment experiment, RunOptions options, StopSignal stop, RunListener listener, Console console) {
        return new ExperimentRunner(new DownloadBars(console)).run(experiment, options, stop, listener);
    }

    @Override
    public RunSummary run(
            String experiment,
            List<Trial> trials,
            RunOptions options,
            StopSignal stop,
            RunListener listener,
            Console console) {
        return new ExperimentRunner(new DownloadBars(console)).run(experiment, trials, options, stop, listener);
    }

    /** Without a signal of its own to stop: its files are whole or absent, so the process may end at any time. */
    @Override
    public List<PredictionFile> predict(Path run, PredictOptions options, Consumer<String> messages, Console console) {
        return new RunPredictor(new DownloadBars(console))
                .predict(run, Vocabulary.installed(), options, new StopSignal(), messages);
    }
}
