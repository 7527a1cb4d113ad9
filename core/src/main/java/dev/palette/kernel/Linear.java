package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of y = x Wᵀ + b.
 *
 * @param weight W, (O, I)
 * @param bias b, (O); null for none
 */
public record Linear(NDArray weight, @Nullable NDArray bias) {}
