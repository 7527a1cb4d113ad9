package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Start;
import dev.palette.kernel.Activation;
import dev.palette.kernel.Linear;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Down to a few dimensions, through an activation, and up again, times a number: s · (Wᵁ · f(Wᴰ z + bᴰ) + bᵁ).
 *
 * @param down (r, H)
 * @param up (H, r)
 */
record NarrowLayer(Linear down, Linear up, Activation activation, double scaling) {
    static List<Declaration> parameters(
            String prefix, int hiddenSize, int size, Initialisation start, @Nullable String task) {
        return List.of(
                new Declaration(prefix + "down.weight", List.of(size, hiddenSize), start.down(hiddenSize), task),
                new Declaration(prefix + "down.bias", List.of(size), Start.ZERO, task),
                new Declaration(prefix + "up.weight", List.of(hiddenSize, size), start.up(), task),
                new Declaration(prefix + "up.bias", List.of(hiddenSize), Start.ZERO, task));
    }

    static NarrowLayer of(String prefix, ParameterSource parameters, Activation activation, double scaling) {
        return new NarrowLayer(
                parameters.linear(prefix + "down"), parameters.linear(prefix + "up"), activation, scaling);
    }

    /** What it makes of z: (N, H). */
    NDArray made(NDArray z, LayerContext c) {
        return c.scoped(in -> {
            NDArray small = in.ops().adapters().activate(in.ops().linear(z, down), activation); // (N, r)
            NDArray made = in.ops().linear(small, up); // (N, H)
            return scaling == 1 ? made : in.ops().adapters().addScaled(made, made, scaling - 1);
        });
    }

    /** y with what it makes of z, both (N, H). */
    NDArray addTo(NDArray y, NDArray z, LayerContext c) {
        return c.ops().scoped(ops -> {
            NDArray small = ops.adapters().activate(ops.linear(z, down), activation); // (N, r)
            return ops.adapters().addScaled(y, ops.linear(small, up), scaling); // (N, H)
        });
    }
}
