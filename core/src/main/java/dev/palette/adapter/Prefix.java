package dev.palette.adapter;

import ai.djl.ndarray.NDArray;

/**
 * Keys and values that stand before those of every sequence: each word piece attends to them as well.
 *
 * @param keys (P, H)
 * @param values (P, H)
 */
public record Prefix(NDArray keys, NDArray values) {
    /** This one, and after it another. */
    Prefix then(Prefix other, LayerContext c) {
        return new Prefix(
                c.ops().adapters().below(keys, other.keys()), c.ops().adapters().below(values, other.values()));
    }
}
