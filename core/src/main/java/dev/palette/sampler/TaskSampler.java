package dev.palette.sampler;

/**
 * Chooses the task of each step. Holds no state: a step's task follows from the step and one uniform number, so a resumed trial
 * draws as an uninterrupted one.
 */
@FunctionalInterface
public interface TaskSampler {
    /**
     * The task whose batch the step takes.
     *
     * @param step optimizer step, from 0
     * @param uniform a uniform number in [0, 1) drawn for this step
     * @return index of the task
     */
    int draw(long step, double uniform);
}
