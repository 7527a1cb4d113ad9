package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * What joins one encoder layer for one task, site by site. A method overrides the sites it uses; the others leave the layer as it
 * is and cost nothing.
 */
public interface LayerAdapter {
    /** A layer to which nothing is added. */
    LayerAdapter NONE = new LayerAdapter() {};

    /**
     * After the attention's output projection, before its residual sum and norm.
     *
     * @param attended (N, H)
     * @return (N, H)
     */
    default NDArray afterAttention(NDArray attended, LayerContext context) {
        return attended;
    }

    /**
     * After the feed-forward part, before its residual sum and norm.
     *
     * @param fed the feed-forward output (N, H)
     * @param input the feed-forward input (N, H)
     * @return (N, H)
     */
    default NDArray afterFeedForward(NDArray fed, NDArray input, LayerContext context) {
        return fed;
    }

    /**
     * Computed from the layer's input, added inside the last residual sum.
     *
     * @param input the layer's input (N, H)
     * @return (N, H), or null to add nothing
     */
    default @Nullable NDArray parallel(NDArray input, LayerContext context) {
        return null;
    }

    /**
     * The layer's output, after its last norm.
     *
     * @param output (N, H)
     * @return (N, H)
     */
    default NDArray output(NDArray output, LayerContext context) {
        return output;
    }
}
