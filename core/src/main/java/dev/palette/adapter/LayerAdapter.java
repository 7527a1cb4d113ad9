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
     * What joins the layer in one pass, with all that follows from parameters alone computed once: weights that a method mixes or
     * generates. Called once a pass, before the sites.
     */
    default LayerAdapter in(LayerContext context) {
        return this;
    }

    /**
     * Whether all that it does is to change the layer's linear maps, each to another linear map: then it can be put into their weights.
     * Asked of what {@link #in} gave, outside training.
     */
    default boolean changesLinearMapsAlone() {
        return this == NONE;
    }

    /**
     * One of the layer's linear maps.
     *
     * @param map the encoder's, or what another method made of it
     * @return what is computed in its place; {@code map} itself to leave it as it is
     */
    default LinearMap projection(Projection projection, LinearMap map) {
        return map;
    }

    /** Keys and values before those of each sequence, or null for none. */
    default @Nullable Prefix prefix(LayerContext context) {
        return null;
    }

    /**
     * After the attention's output projection, before its residual sum and norm.
     *
     * @return in place of the residual's output (N, H)
     */
    default NDArray afterAttention(Residual residual, LayerContext context) {
        return residual.output();
    }

    /**
     * After the feed-forward part, before its residual sum and norm.
     *
     * @return in place of the residual's output (N, H)
     */
    default NDArray afterFeedForward(Residual residual, LayerContext context) {
        return residual.output();
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
