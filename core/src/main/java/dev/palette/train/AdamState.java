package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Moments;

/** What Adam remembers of one parameter. */
final class AdamState {
    private final Moments moments;
    private long updates;

    private AdamState(Moments moments, long updates) {
        this.moments = moments;
        this.updates = updates;
    }

    /** A parameter that was never moved. */
    static AdamState untouched(NDArray weight, NDManager memory) {
        NDArray mean = memory.zeros(weight.getShape());
        try {
            return new AdamState(new Moments(mean, memory.zeros(weight.getShape())), 0);
        } catch (RuntimeException e) { // out of memory: it will be tried again
            mean.close();
            throw e;
        }
    }

    /** As a checkpoint has it. */
    static AdamState restored(Moments moments, long updates) {
        return new AdamState(moments, updates);
    }

    Moments moments() {
        return moments;
    }

    /** How often the parameter was moved. */
    long updates() {
        return updates;
    }

    void moved() {
        updates++;
    }

    /** Frees the moments. */
    void forget() {
        moments.mean().close();
        moments.square().close();
    }
}
