package dev.palette.session;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.report.Console;
import dev.palette.result.Parameters;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.train.StopSignal;

/** What the command line asks of the runner; tests answer it themselves. */
public interface Backend {
    /**
     * Runs the trials that have no result yet.
     *
     * @param console where downloads are shown
     */
    RunSummary run(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener, Console console);

    /** How large a trial's model would be; makes no model. */
    Parameters parameters(Trial trial, RunOptions options);
}
