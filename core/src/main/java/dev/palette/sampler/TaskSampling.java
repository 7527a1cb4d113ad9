package dev.palette.sampler;

import dev.palette.spec.Description;

/**
 * A method of choosing which task the next batch comes from, as a script describes it: {@code annealed { from 1.0; to 0.2 }}.
 * Immutable; {@link #sampler} makes the thing that draws.
 */
public interface TaskSampling extends Description {
    /** What tables print, e.g. {@code annealed}. */
    String label();

    /**
     * The sampler of one trial.
     *
     * @param sizes training examples of each task, in the tasks' order
     * @param steps optimizer steps of the whole trial
     */
    TaskSampler sampler(long[] sizes, long steps);
}
