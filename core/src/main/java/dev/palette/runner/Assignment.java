package dev.palette.runner;

import dev.palette.execution.RunLock;
import dev.palette.execution.TrialOrder;
import dev.palette.execution.TrialWork;
import dev.palette.experiment.Trial;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import java.util.Optional;
import java.util.function.Function;

/**
 * One trial of an experiment that is to be brought to its result.
 *
 * @param trial what is asked
 * @param index its place among the experiment's trials, from 0
 * @param total the experiment's trials
 * @param run where it is answered
 * @param orders what a process on a slot is to be told
 */
record Assignment(Trial trial, int index, int total, RunDirectory run, Function<Slot, TrialOrder> orders) {
    TrialOrder order(Slot slot) {
        return orders.apply(slot);
    }

    /** The result that somebody has found already. */
    Optional<RunResult> settled(Slot slot) {
        return TrialWork.settled(order(slot), trial);
    }

    /** Whether somebody works on it. */
    boolean isTaken() {
        return RunLock.isTaken(run);
    }
}
