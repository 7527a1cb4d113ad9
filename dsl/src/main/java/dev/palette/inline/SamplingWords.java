package dev.palette.inline;

import dev.palette.sampler.SamplingState;
import java.util.List;

/** What {@code state} has in {@code sampler { state -> … }}. Public, because Groovy reads its properties. */
public final class SamplingWords {
    private final SamplingState state;

    SamplingWords(SamplingState state) {
        this.state = state;
    }

    /** {@code state.step}: the optimizer step, from 0. */
    public long getStep() {
        return state.step();
    }

    /** {@code state.steps}: the steps of the whole trial. */
    public long getSteps() {
        return state.steps();
    }

    /** {@code state.sizes}: the training examples of each task, in the tasks' order. */
    public List<Long> getSizes() {
        return state.sizes();
    }

    /** {@code state.progress}: the part of training that is over, from 0 to below 1. */
    public double getProgress() {
        return state.progress();
    }
}
