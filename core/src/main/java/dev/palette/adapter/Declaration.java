package dev.palette.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter tensor that a module needs, before it exists.
 *
 * @param name unique in the model, e.g. {@code adapter.pal.cola.down.weight}
 * @param shape sizes of its axes; dense kernels are [out, in]
 * @param start how it is initialised
 * @param task the one task that uses it, or null when all tasks share it
 */
public record Declaration(
        String name,
        List<Integer> shape,
        Start start,
        @Nullable String task) {

    /** How a new parameter is initialised. */
    public enum Start {
        /** Normal with mean 0 and standard deviation 0.02, as BERT's own (Devlin et al. 2019). */
        NORMAL,
        /** All zero. */
        ZERO,
        /** All one: a layer norm's scale, an identity scaling. */
        ONE
    }

    /**
     * The kernel and bias of a linear layer, as {@code prefix.weight} [out, in] and {@code prefix.bias} [out].
     *
     * @param task the one task that uses it, or null
     */
    public static List<Declaration> linear(String prefix, int in, int out, @Nullable String task) {
        return List.of(
                new Declaration(prefix + ".weight", List.of(out, in), Start.NORMAL, task),
                new Declaration(prefix + ".bias", List.of(out), Start.ZERO, task));
    }

    /** Number of values. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
