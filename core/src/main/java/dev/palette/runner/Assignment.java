package dev.palette.runner;

import dev.palette.execution.RunLock;
import dev.palette.execution.TrialOrder;
import dev.palette.execution.TrialWork;
import dev.palette.experiment.Trial;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
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
 * @param inputs what it needs
 * @param kernels how a slot computes
 */
record Assignment(
        Trial trial, int index, int total, RunDirectory run, TrialInputs inputs, Function<Slot, KernelChoice> kernels) {
    /** What a result hangs on does not include the kernel; to look for one, none is measured. */
    private static final KernelChoice ANY = new KernelChoice(Product.MATMUL, 1);

    /** What a process on a slot is to be told. */
    TrialOrder order(Slot slot) {
        return inputs.order(trial, kernels.apply(slot), slot.replicas());
    }

    /** The result that somebody has found already. */
    Optional<RunResult> settled() {
        return TrialWork.settled(inputs.order(trial, ANY, 1), trial);
    }

    /** Whether somebody works on it. */
    boolean isTaken() {
        return RunLock.isTaken(run);
    }
}
