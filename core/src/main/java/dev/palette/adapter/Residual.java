package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.LayerNorm;
import org.jspecify.annotations.Nullable;

/**
 * The end of a sublayer: its output on the way into the residual stream.
 *
 * @param output what the sublayer made, (N, H)
 * @param input what it read, (N, H)
 * @param stream what its output is added to, (N, H); where norms follow sums, as in BERT, its input
 * @param norm the norm of the sum, or null where norms stand before sublayers
 */
public record Residual(
        NDArray output,
        NDArray input,
        NDArray stream,
        @Nullable LayerNorm norm) {
    /** The same with another output, (N, H). */
    public Residual with(NDArray other) {
        return new Residual(other, input, stream, norm);
    }

    /** The same with more in the stream, (N, H), or nothing. */
    Residual beside(@Nullable NDArray more, LayerContext context) {
        return more == null ? this : new Residual(output, input, context.ops().add(stream, more), norm);
    }

    /** Output and stream together, normalised where norms follow sums: (N, H). */
    public NDArray sum(LayerContext context) {
        return norm == null ? context.ops().add(output, stream) : context.ops().addNorm(output, stream, norm);
    }
}
