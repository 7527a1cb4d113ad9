package dev.palette.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter tensor that a module needs, before it exists.
 *
 * @param name unique in the model, e.g. {@code adapter.pal.cola.down.weight}; what belongs to a layer norm has {@code LayerNorm} in
 *     its name, and a bias ends in {@code .bias}: neither is decayed
 * @param shape sizes of its axes; dense kernels are [out, in]
 * @param start how it is initialised
 * @param task the one task that uses it, or null when all tasks share it
 * @param role what the optimizer may treat on its own
 */
public record Declaration(
        String name,
        List<Integer> shape,
        Start start,
        @Nullable String task,
        Role role) {

    /** How a new parameter is initialised. */
    public enum Start {
        /** Normal with mean 0 and standard deviation 0.02, as BERT's own (Devlin et al. 2019). */
        NORMAL,
        /** All zero. */
        ZERO,
        /** All one: a layer norm's scale, an identity scaling. */
        ONE
    }

    /** Parameters that an optimizer may give a learning rate of their own. */
    public enum Role {
        /** Query, key and value of the small attention in a PAL. */
        PAL_ATTENTION,
        /** All others. */
        PLAIN
    }

    /** A parameter of no special role. */
    public Declaration(String name, List<Integer> shape, Start start, @Nullable String task) {
        this(name, shape, start, task, Role.PLAIN);
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

    /**
     * The scale and shift of a layer norm, as {@code prefix.weight} and {@code prefix.bias}, each [size].
     *
     * @param prefix ends in {@code LayerNorm}
     * @param task the one task that uses it, or null
     */
    public static List<Declaration> norm(String prefix, int size, @Nullable String task) {
        return List.of(
                new Declaration(prefix + ".weight", List.of(size), Start.ONE, task),
                new Declaration(prefix + ".bias", List.of(size), Start.ZERO, task));
    }

    /** The same parameter under another name. */
    public Declaration named(String other) {
        return new Declaration(other, shape, start, task, role);
    }

    /** The same parameter in another role. */
    public Declaration as(Role other) {
        return new Declaration(name, shape, start, task, other);
    }

    /** Whether it is the scale or shift of a layer norm. */
    public boolean isLayerNorm() {
        return name.contains("LayerNorm");
    }

    /** Number of values. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
