package dev.palette.adapter;

import ai.djl.ndarray.NDArray;

/** Finds a model's parameter tensors by the names under which they were declared. */
@FunctionalInterface
public interface ParameterSource {
    /** The tensor declared as {@code name}; asking for an undeclared name is a programming error and throws. */
    NDArray get(String name);
}
