package dev.palette.kernel;

import ai.djl.ndarray.NDArray;

/**
 * The parameters of y = x Wᵀ + b.
 *
 * @param weight W, (O, I)
 * @param bias b, (O)
 */
public record Linear(NDArray weight, NDArray bias) {}
