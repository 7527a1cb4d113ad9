package dev.palette.result;

/**
 * How large a model is.
 *
 * @param total all its parameters: encoder, adapters and heads
 * @param encoder those of the pretrained encoder it began from
 */
public record Parameters(long total, long encoder) {
    /** The model's size as a multiple of the encoder's, as in Stickland &amp; Murray (2019), table 1. */
    public double timesEncoder() {
        return (double) total / encoder;
    }
}
