package dev.palette.adapter;

import ai.djl.ndarray.NDArray;

/** A part of a network that keeps the shape of hidden states. */
@FunctionalInterface
public interface Sublayer {
    /**
     * Computes it.
     *
     * @param h hidden states (N, H)
     * @return (N, H)
     */
    NDArray apply(NDArray h, LayerContext context);
}
