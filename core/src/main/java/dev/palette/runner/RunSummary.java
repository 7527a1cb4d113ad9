package dev.palette.runner;

import dev.palette.experiment.Trial;
import dev.palette.result.RunResult;
import dev.palette.result.StoppedEarly;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of an experiment's trials.
 *
 * @param finished the results that there are, in the trials' order
 * @param cached how many of them were there before
 * @param stoppedEarly trials that a search stopped for good, since they did poorly
 * @param failures trials that could not be brought to an end
 * @param unfinished trials that were stopped, or never begun
 * @param interrupted whether the runner was asked to stop before the end
 */
public record RunSummary(
        List<RunResult> finished,
        int cached,
        List<Stopped> stoppedEarly,
        List<Failure> failures,
        int unfinished,
        boolean interrupted) {
    /** Copies the lists. */
    public RunSummary {
        finished = List.copyOf(finished);
        stoppedEarly = List.copyOf(stoppedEarly);
        failures = List.copyOf(failures);
    }

    /** A trial that was stopped early, and where. */
    public record Stopped(Trial trial, StoppedEarly where) {}

    /**
     * A trial that failed.
     *
     * @param cause the first line of why
     * @param log where more is to be read
     */
    public record Failure(Trial trial, String cause, Path log) {}

    /** How many trials could not be brought to an end. */
    public int failed() {
        return failures.size();
    }
}
