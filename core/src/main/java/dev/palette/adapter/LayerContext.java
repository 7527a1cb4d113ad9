package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Ops;

/**
 * What every site of a batch may need beside its input.
 *
 * @param ops the operations of the device at hand
 * @param mask added to attention scores: 0 where a token is, a large negative number where padding is; (B, 1, 1, T)
 */
public record LayerContext(Ops ops, NDArray mask) {}
