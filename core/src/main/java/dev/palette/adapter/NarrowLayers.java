package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Narrow layers at the sublayers of one encoder layer, in one of the {@linkplain Bottleneck.Form forms}.
 *
 * @param afterAttention the one at the attention, or null for none
 * @param afterFeedForward the one at the feed-forward part
 */
record NarrowLayers(Bottleneck.Form form, @Nullable NarrowLayer afterAttention, NarrowLayer afterFeedForward)
        implements LayerAdapter {
    /** The one at the attention, if there is one. */
    Optional<NarrowLayer> atAttention() {
        return Optional.ofNullable(afterAttention);
    }

    @Override
    public NDArray afterAttention(Residual residual, LayerContext c) {
        return afterAttention == null
                ? residual.output()
                : afterAttention.addTo(residual.output(), form.reads(residual, c), c); // (N, H)
    }

    @Override
    public NDArray afterFeedForward(Residual residual, LayerContext c) {
        return afterFeedForward.addTo(residual.output(), form.reads(residual, c), c); // (N, H)
    }
}
