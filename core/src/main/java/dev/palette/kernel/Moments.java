package dev.palette.kernel;

import ai.djl.ndarray.NDArray;

/**
 * What Adam remembers of one weight's gradients.
 *
 * @param mean exponential mean
 * @param square exponential mean of squares
 */
public record Moments(NDArray mean, NDArray square) {}
