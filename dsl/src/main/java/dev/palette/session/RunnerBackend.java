package dev.palette.session;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.model.ParameterCounts;
import dev.palette.report.Console;
import dev.palette.report.DownloadBars;
import dev.palette.result.Parameters;
import dev.palette.runner.ExperimentRunner;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.train.StopSignal;

/** The real runner behind the command line. */
public final class RunnerBackend implements Backend {
    @Override
    public RunSummary run(
            Experiment experiment, RunOptions options, StopSignal stop, RunListener listener, Console console) {
        return new ExperimentRunner(new DownloadBars(console)).run(experiment, options, stop, listener);
    }

    @Override
    public Parameters parameters(Trial trial, RunOptions options) {
        ParameterCounts counts = ExperimentRunner.parameters(trial, options.cacheDir());
        return new Parameters(counts.total(), counts.bert());
    }
}
