package dev.palette.balance;

import dev.palette.spec.Description;
import dev.palette.task.Loss;
import java.util.List;
import java.util.Map;

/**
 * A method of weighing the tasks' losses, as a script describes it: {@code gradNorm { alpha 1.5 }}. Immutable; {@link #balancer} makes the
 * thing that weighs.
 */
public interface LossBalancing extends Description {
    /** What of the tasks' gradients is compared within a step; it costs what it needs. */
    enum Compared {
        /** Nothing. */
        NOTHING,
        /** The gradients of those parameters of the topmost layer that all tasks of the step share. */
        TOP_SHARED_LAYER,
        /** The gradients of all parameters that more than one task may use: each task's is kept until the step's end. */
        SHARED
    }

    /** What tables print, e.g. {@code gradNorm}. */
    String label();

    /**
     * The balancer of one trial.
     *
     * @param tasks the loss of each, by task
     */
    Balancer balancer(Map<String, Loss> tasks);

    /** What it compares. */
    default Compared compared() {
        return Compared.NOTHING;
    }

    /** Whether it learns from the losses or gradients of each step. */
    default boolean learns() {
        return false;
    }

    /**
     * Checks what it says of single tasks.
     *
     * @param tasks the names of the experiment's
     * @throws dev.palette.spec.PaletteException when it names a task that is not among them
     */
    default void requireTasks(List<String> tasks) {}
}
