package dev.palette.sampler;

import java.util.List;

/**
 * What a {@link SamplingRule} knows of a step.
 *
 * @param step optimizer step, from 0
 * @param steps optimizer steps of the whole trial
 * @param sizes training examples of each task, in the tasks' order
 */
public record SamplingState(long step, long steps, List<Long> sizes) {
    /** Copies the list. */
    public SamplingState {
        sizes = List.copyOf(sizes);
    }

    /** The part of training that is over, from 0 to below 1. */
    public double progress() {
        return (double) step / steps;
    }
}
