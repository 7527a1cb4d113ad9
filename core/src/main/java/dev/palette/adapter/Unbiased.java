package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;

/** The parameters of layers that have weights and scales alone. */
record Unbiased(ParameterSource source) implements ParameterSource {
    @Override
    public NDArray get(String name) {
        return source.get(name);
    }

    @Override
    public Linear linear(String prefix) {
        return new Linear(get(prefix + ".weight"), null);
    }

    @Override
    public LayerNorm norm(String prefix, double epsilon) {
        return new LayerNorm(get(prefix + ".weight"), null, epsilon);
    }
}
