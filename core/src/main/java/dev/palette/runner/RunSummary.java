package dev.palette.runner;

import dev.palette.result.RunResult;
import java.util.List;

/**
 * What became of an experiment's trials.
 *
 * @param finished the results that there are, in the trials' order
 * @param cached how many of them were there before
 * @param failed trials that could not be brought to an end
 * @param interrupted whether the runner was asked to stop before the end
 */
public record RunSummary(List<RunResult> finished, int cached, int failed, boolean interrupted) {
    /** Copies the list. */
    public RunSummary {
        finished = List.copyOf(finished);
    }
}
