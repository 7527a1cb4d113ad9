package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import java.util.function.UnaryOperator;

/** Finds a model's parameter tensors by the names under which they were declared. */
@FunctionalInterface
public interface ParameterSource {
    /** The tensor declared as {@code name}; asking for an undeclared name is a programming error and throws. */
    NDArray get(String name);

    /** The linear layer declared by {@link Declaration#linear}. */
    default Linear linear(String prefix) {
        return new Linear(get(prefix + ".weight"), get(prefix + ".bias"));
    }

    /**
     * The layer norm declared by {@link Declaration#norm}.
     *
     * @param epsilon added to the variance
     */
    default LayerNorm norm(String prefix, double epsilon) {
        return new LayerNorm(get(prefix + ".weight"), get(prefix + ".bias"), epsilon);
    }

    /** The same tensors, of which linear layers and norms have no bias and no shift ({@link Declaration#unbiased}). */
    default ParameterSource unbiased() {
        return new Unbiased(this);
    }

    /** The same tensors where each is looked up under another name. */
    default ParameterSource under(UnaryOperator<String> names) {
        return name -> get(names.apply(name));
    }
}
