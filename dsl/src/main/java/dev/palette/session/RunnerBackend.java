package dev.palette.session;

import dev.palette.execution.JobTeam;
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
import org.jspecify.annotations.Nullable;

/** The real runner behind the command line. */
public final class RunnerBackend implements Backend {
    private final @Nullable JobTeam job;

    /** On the devices of this machine. */
    public RunnerBackend() {
        this(null);
    }

    private RunnerBackend(@Nullable JobTeam job) {
        this.job = job;
    }

    /** On the processes of a job, which this one leads. */
    public static RunnerBackend leading(JobTeam job) {
        return new RunnerBackend(job);
    }

    @Override
    public boolean isInProcess() {
        return job != null;
    }

    private ExperimentRunner runner(Console console) {
        ExperimentRunner runner = new ExperimentRunner(new DownloadBars(console));
        return job == null ? runner : runner.leading(job);
    }

    @Override
    public RunSummary run(
            Experiment experiment, RunOptions options, StopSignal stop, RunListener listener, Console console) {
        return runner(console).run(experiment, options, stop, listener);
    }

    @Override
    public RunSummary run(
            String experiment,
            List<Trial> trials,
            RunOptions options,
            StopSignal stop,
            RunListener listener,
            Console console) {
        return runner(console).run(experiment, trials, options, stop, listener);
    }

    /** Without a signal of its own to stop: its files are whole or absent, so the process may end at any time. */
    @Override
    public List<PredictionFile> predict(Path run, PredictOptions options, Consumer<String> messages, Console console) {
        return new RunPredictor(new DownloadBars(console))
                .predict(run, Vocabulary.installed(), options, new StopSignal(), messages);
    }
}
