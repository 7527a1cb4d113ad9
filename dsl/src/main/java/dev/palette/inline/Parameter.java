package dev.palette.inline;

import dev.palette.adapter.Declaration;
import dev.palette.adapter.Declaration.Start;
import dev.palette.adapter.ParameterSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter as inline code lists it: {@code linear 'down', hidden, size}.
 *
 * @param name what the code calls it
 * @param kind what it is
 * @param shape sizes; of a linear layer in and out, of a norm its width
 * @param start how a tensor begins
 */
record Parameter(String name, Kind kind, List<Integer> shape, Start start) {
    /** What the code can do with a parameter. */
    enum Kind {
        /** Called with a value: x Wᵀ + b. */
        LINEAR,
        /** Called with a value: its layer norm. */
        NORM,
        /** A value itself. */
        TENSOR
    }

    /** BERT's own. */
    private static final double EPSILON = 1e-12;

    /** The parameter in the terms of a model. */
    List<Declaration> declared(String prefix, @Nullable String task) {
        return switch (kind) {
            case LINEAR -> Declaration.linear(prefix + name, shape.get(0), shape.get(1), task);
            case NORM -> Declaration.norm(prefix + name + ".LayerNorm", shape.get(0), task);
            case TENSOR -> List.of(new Declaration(prefix + name, shape, start, task));
        };
    }

    /** The tensors that the model has for it. */
    Object found(String prefix, ParameterSource parameters) {
        return switch (kind) {
            case LINEAR -> parameters.linear(prefix + name);
            case NORM -> parameters.norm(prefix + name + ".LayerNorm", EPSILON);
            case TENSOR -> parameters.get(prefix + name);
        };
    }
}
