package dev.palette.kernel;

import ai.djl.ndarray.NDArray;

/**
 * The parameters of a layer norm (Ba et al. 2016): y = scale · (x − mean) / √(variance + ε) + shift.
 *
 * @param scale γ, (H)
 * @param shift β, (H)
 * @param epsilon ε
 */
public record LayerNorm(NDArray scale, NDArray shift, double epsilon) {}
