package dev.palette.sampler;

/** How likely each task is to be drawn; a function of the step alone, so that a resumed trial draws as an uninterrupted one. */
@FunctionalInterface
public interface SamplingRule {
    /**
     * The weights of the tasks at a step.
     *
     * @return one for each task, in the tasks' order; at least 0 and not all 0. They need not add up to 1
     */
    double[] weights(SamplingState state);
}
