package dev.palette.sampler;

import dev.palette.spec.Description;
import java.util.List;

/**
 * A method of choosing which task the next batch comes from, as a script describes it: {@code annealed { from 1.0; to 0.2 }}.
 * Immutable; {@link #sampler} makes the thing that draws.
 */
public interface TaskSampling extends Description {
    /** What tables print, e.g. {@code annealed}. */
    String label();

    /**
     * The sampler of one trial, or of those tasks of it that can still be drawn.
     *
     * @param tasks that it draws from
     * @param draws batches of the whole trial
     */
    TaskSampler sampler(TaskSizes tasks, long draws);

    /** Whether it goes by the tasks' scores: each evaluation then gives a {@linkplain TaskReport report}. */
    default boolean needsScores() {
        return false;
    }

    /**
     * Whether it is to be told of the training losses now.
     *
     * @param step optimizer steps done
     */
    default boolean isReportDue(long step) {
        return false;
    }

    /**
     * Checks what it says of single tasks.
     *
     * @param tasks the names of the experiment's
     * @throws dev.palette.spec.PaletteException when it names a task that is not among them, or lacks one
     */
    default void requireTasks(List<String> tasks) {}
}
