package dev.palette.runner;

import dev.palette.execution.RunLock;
import dev.palette.execution.TrialOrder;
import dev.palette.execution.TrialWork;
import dev.palette.experiment.Trial;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One trial of an experiment that is to be brought to its result.
 *
 * @param trial what is asked
 * @param index its place among the experiment's trials, from 0
 * @param total the experiment's trials
 * @param run where it is answered
 * @param inputs what it needs
 */
record Assignment(Trial trial, int index, int total, RunDirectory run, TrialInputs inputs) {
    /** What a worker is to be told, but for the kernel and the replicas, which follow from where it runs. */
    TrialOrder order() {
        return inputs.order(trial);
    }

    /**
     * The result that somebody has found already: here, or for another experiment, whose run is this one's too from now on.
     *
     * @param said hears where it comes from
     */
    Optional<RunResult> settled(Consumer<String> said) {
        TrialOrder order = order();
        TrialWork.takeFromElsewhere(order, trial)
                .ifPresent(
                        folder -> said.accept("the same trial is finished in %s; its run is taken".formatted(folder)));
        return TrialWork.settled(order, trial);
    }

    /** Whether somebody works on it. */
    boolean isTaken() {
        return RunLock.isTaken(run);
    }
}
