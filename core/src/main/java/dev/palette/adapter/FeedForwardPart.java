package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Linear;

/**
 * The feed-forward part of one encoder layer, before its residual sum (Vaswani et al. 2017, §3.3).
 *
 * @param inner into it, (F, H); gated, (2 F, H)
 * @param outer out of it, (H, F)
 * @param gated whether one half of what is inside multiplies the other (Shazeer 2020)
 */
record FeedForwardPart(Linear inner, Linear outer, boolean gated) {
    /** What it makes of x, (N, H) → (N, H): in one operation where it is BERT's and no adapter is in the way. */
    NDArray apply(NDArray x, LayerAdapter a, LayerContext c) {
        LinearMap into = a.projection(Projection.INNER, LinearMap.of(inner));
        LinearMap out = a.projection(Projection.OUTER, LinearMap.of(outer));
        if (!gated && into.isPlain() && out.isPlain()) {
            return c.ops().feedForward(x, inner, outer, c.hiddenDropout());
        }
        return c.scoped(in -> {
            NDArray made = into.apply(x, in); // (N, F) or (N, 2 F)
            NDArray activated = gated ? in.ops().gatedGelu(made) : in.ops().gelu(made); // (N, F)
            return in.ops().dropout(out.apply(activated, in), in.hiddenDropout()); // (N, H)
        });
    }
}
