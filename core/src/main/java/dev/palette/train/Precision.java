package dev.palette.train;

/** What numbers matrix products are computed in. Weights and optimizer state are always float32. */
public enum Precision {
    /** IEEE single precision throughout. */
    FP32,
    /** Products in bfloat16, sums and weights in float32. */
    BF16
}
