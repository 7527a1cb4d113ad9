package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Linear;

/**
 * A linear map of an encoder layer, x Wᵀ + b, with what adapters made of it. One that no adapter touched is {@linkplain #isPlain plain}:
 * a layer of plain maps is computed in fewer, larger operations.
 *
 * @param linear the encoder's own weights
 * @param computation what is computed in their place
 */
public record LinearMap(Linear linear, Computation computation) {
    /** From (N, I) to (N, O). */
    @FunctionalInterface
    public interface Computation {
        /** Computes it. */
        NDArray apply(NDArray x, LayerContext context);
    }

    /** The encoder's own map. */
    public static LinearMap of(Linear linear) {
        return new LinearMap(linear, new Plain(linear));
    }

    /** The same place of a layer with another computation, which may make use of this map's. */
    public LinearMap computedAs(Computation other) {
        return new LinearMap(linear, other);
    }

    /** Whether it is the encoder's own. */
    public boolean isPlain() {
        return computation instanceof Plain;
    }

    /** What it makes of x: (N, I) → (N, O). */
    public NDArray apply(NDArray x, LayerContext context) {
        return computation.apply(x, context);
    }

    private record Plain(Linear linear) implements Computation {
        @Override
        public NDArray apply(NDArray x, LayerContext context) {
            return context.ops().linear(x, linear);
        }
    }
}
