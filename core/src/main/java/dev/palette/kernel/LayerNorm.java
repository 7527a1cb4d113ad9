package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a layer norm (Ba et al. 2016): y = scale · (x − mean) / √(variance + ε) + shift.
 *
 * @param scale γ, (H)
 * @param shift β, (H); null for none
 * @param epsilon ε
 */
public record LayerNorm(NDArray scale, @Nullable NDArray shift, double epsilon) {}
