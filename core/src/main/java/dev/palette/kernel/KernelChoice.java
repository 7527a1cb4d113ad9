package dev.palette.kernel;

import dev.palette.spec.Range;

/**
 * What decides the bits of a computation beside its inputs: how products are computed, and by how many threads. Chosen once for an
 * experiment and frozen in each run, so that a resumed run computes as it began.
 *
 * @param product how matrix products are computed
 * @param threads threads of one operation
 */
public record KernelChoice(Product product, int threads) {
    /** Checks the range. */
    public KernelChoice {
        Range.atLeast("threads", threads, 1);
    }
}
