package dev.palette.adapter;

import dev.palette.spec.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
    @FunctionalInterface
    public interface Start {
        /** Normal with mean 0 and standard deviation 0.02, as BERT's own (Devlin et al. 2019). */
        Start NORMAL = normal(0.02);

        /** All zero. */
        Start ZERO = constant(0);

        /** All one: a layer norm's scale, an identity scaling. */
        Start ONE = constant(1);

        /**
         * The first values of a parameter.
         *
         * @param encoder finds the values of the encoder's parameters, row after row
         */
        float[] values(Declaration declaration, RandomStreams random, Function<Declaration, float[]> encoder);

        /** One value everywhere. */
        static Start constant(double value) {
            return (declaration, random, encoder) -> {
                float[] values = new float[Math.toIntExact(declaration.size())];
                Arrays.fill(values, (float) value);
                return values;
            };
        }

        /** One where row and column are equal, and 0 elsewhere. */
        Start IDENTITY = (declaration, random, encoder) -> {
            int columns = declaration.shape().get(1);
            float[] values = new float[Math.toIntExact(declaration.size())];
            for (int row = 0; row * columns + row < values.length && row < columns; row++) {
                values[row * columns + row] = 1;
            }
            return values;
        };

        /** Normal with mean 0, from the parameter's own stream. */
        static Start normal(double deviation) {
            return (declaration, random, encoder) ->
                    random.normal(declaration.purpose(), Math.toIntExact(declaration.size()), deviation);
        }

        /** Normal with mean 0, drawn again beyond two deviations. */
        static Start truncatedNormal(double deviation) {
            return (declaration, random, encoder) ->
                    random.truncatedNormal(declaration.purpose(), Math.toIntExact(declaration.size()), deviation);
        }

        /** Uniform between −bound and bound, from the parameter's own stream. */
        static Start uniform(double bound) {
            return (declaration, random, encoder) ->
                    random.uniform(declaration.purpose(), Math.toIntExact(declaration.size()), bound);
        }

        /**
         * Uniform between −1/√in and 1/√in, as PyTorch's linear layers start.
         *
         * @param in the width of what the parameter is multiplied with
         */
        static Start linear(int in) {
            return uniform(1 / Math.sqrt(in));
        }

        /** The Euclidean norm of each row that one of the encoder's parameters starts from. */
        static Start rowNormsOf(Declaration parameter) {
            return (declaration, random, encoder) -> {
                float[] rows = encoder.apply(parameter);
                int width = parameter.shape().get(1);
                float[] norms = new float[rows.length / width];
                for (int row = 0; row < norms.length; row++) {
                    double sum = 0;
                    for (int i = row * width; i < (row + 1) * width; i++) {
                        sum += (double) rows[i] * rows[i];
                    }
                    norms[row] = (float) Math.sqrt(sum);
                }
                return norms;
            };
        }

        /** What one of the encoder's parameters starts from. */
        static Start copyOf(Declaration parameter) {
            return (declaration, random, encoder) -> encoder.apply(parameter);
        }
    }

    /** Parameters that an optimizer may give a learning rate of their own. */
    public enum Role {
        /** Query, key and value of the small attention in a PAL. */
        PAL_ATTENTION,
        /** What others are multiplied by, which decay towards 0 would silence: scales, magnitudes, logits of a mixture. */
        SCALE,
        /** What is as it was trained before, and stays so whatever else is trained. */
        GIVEN,
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
     * The kernel and bias of a linear layer as PyTorch starts them, both uniform between −1/√in and 1/√in: {@code prefix.weight}
     * [out, in] and {@code prefix.bias} [out].
     *
     * @param task the one task that uses it, or null
     */
    public static List<Declaration> torchLinear(String prefix, int in, int out, @Nullable String task) {
        return List.of(
                new Declaration(prefix + ".weight", List.of(out, in), Start.linear(in), task),
                new Declaration(prefix + ".bias", List.of(out), Start.linear(in), task));
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

    /** Those of a linear layer or of a norm, without the bias or shift. */
    public static List<Declaration> unbiased(List<Declaration> declarations) {
        return declarations.stream()
                .filter(declaration -> !declaration.name().endsWith(".bias"))
                .toList();
    }

    /** The same parameter under another name. */
    public Declaration named(String other) {
        return new Declaration(other, shape, start, task, role);
    }

    /** The same parameter with another start. */
    public Declaration startingAs(Start other) {
        return new Declaration(name, shape, other, task, role);
    }

    /** The same parameter, which more than one task uses. */
    Declaration forAllTasks() {
        return new Declaration(name, shape, start, null, role);
    }

    /** The same parameter in another role. */
    public Declaration as(Role other) {
        return new Declaration(name, shape, start, task, other);
    }

    /** Whether nothing may train it. */
    public boolean isGiven() {
        return role == Role.GIVEN;
    }

    /** Whether weight decay draws it to 0: not biases and layer norms (Devlin et al. 2019, as released), nor scales. */
    public boolean isDecayed() {
        return !name.endsWith(".bias") && !isLayerNorm() && role != Role.SCALE;
    }

    /** Whether it is the scale or shift of a layer norm. */
    public boolean isLayerNorm() {
        return name.contains("LayerNorm");
    }

    /** Number of values. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    private String purpose() {
        return "initialise " + name;
    }
}
