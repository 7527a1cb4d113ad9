package dev.palette.adapter;

import ai.djl.ndarray.NDArray;

/**
 * A method whose contribution to a layer is computed from hidden states and added to others: PALs, low-rank layers. On its own it
 * stands beside the encoder layer: it reads the layer's input and is added inside the layer's last residual sum. Another method may
 * give it another place ({@link Houlsby}) or change what it adds ({@link Lhuc}).
 */
public interface ParallelAdapter extends Adapter {
    /** Whether a layer gets anything; all do unless a method says otherwise. */
    default boolean joins(int layer) {
        return true;
    }

    /**
     * What is added for one task in a layer that it {@linkplain #joins joins}.
     *
     * @return from (N, H) to what is added (N, H)
     */
    Sublayer branch(int layer, String task, ParameterSource parameters);

    @Override
    default LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        if (!joins(layer)) {
            return LayerAdapter.NONE;
        }
        Sublayer branch = branch(layer, task, parameters);
        return new LayerAdapter() {
            @Override
            public NDArray parallel(NDArray input, LayerContext context) {
                return branch.apply(input, context); // (N, H)
            }
        };
    }
}
