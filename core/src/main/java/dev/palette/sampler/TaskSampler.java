package dev.palette.sampler;

import java.util.List;

/**
 * Chooses the task of each batch. Holds no state: which task is drawn follows from the draw's number, one uniform number and what was
 * reported of training until then. All three are the same in a resumed trial, which so draws as an uninterrupted one.
 */
@FunctionalInterface
public interface TaskSampler {
    /**
     * The task that a batch is taken from.
     *
     * @param draw batches drawn before, of all tasks; where a step takes one batch, the optimizer step from 0
     * @param uniform a uniform number in [0, 1) drawn for this draw
     * @param reports made so far, the oldest first; empty where the method asked for none
     * @return index of the task
     */
    int draw(long draw, double uniform, List<TaskReport> reports);
}
