package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Ops;

/**
 * What every site of a batch may need beside its input.
 *
 * @param ops the operations, bound to the memory scope of the moment
 * @param mask added to attention scores: 0 where a token is, a large negative number where padding is; (B, 1, 1, T)
 * @param hiddenDropout rate after dense layers; 0 outside training
 * @param attentionDropout rate on attention probabilities; 0 outside training
 */
public record LayerContext(Ops ops, NDArray mask, double hiddenDropout, double attentionDropout) {
    /** The same batch with results in another scope. */
    public LayerContext with(Ops other) {
        return new LayerContext(other, mask, hiddenDropout, attentionDropout);
    }
}
