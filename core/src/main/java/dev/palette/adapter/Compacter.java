package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Start;
import dev.palette.kernel.Activation;
import dev.palette.kernel.Linear;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.OptionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Compacter (Karimi Mahabadi et al. 2021, §3): Houlsby's narrow layers, whose weights are sums of Kronecker products of small
 * matrices, the parametrised hypercomplex multiplication of Zhang et al. (2021) with factors of low rank:
 *
 * <pre>W = Σ_i A_i ⊗ (s_i t_iᵀ),   i = 1 … n</pre>
 *
 * <p>The n matrices A_i, (n, n) each, are common to all of a task's narrow layers; s_i and t_i have rank k.
 *
 * @param reduction how many times narrower than hidden states a layer is; 32 by default
 * @param divisor n, which divides the hidden size and the narrow one; 4 by default
 * @param rank k; 1 by default
 * @param activation the activation inside; gelu by default
 * @param afterAttention whether there is one behind the attention too, which Compacter++ leaves out; true by default
 * @param layers the encoder layers that get them, from 0, ascending; empty, the default, for all
 * @see "Karimi Mahabadi, Henderson and Ruder 2021, Compacter, §3 (arXiv:2106.04647)"
 */
public record Compacter(
        @Limit(least = 1) int reduction,
        @Limit(least = 1) int divisor,
        @Limit(least = 1) int rank,
        Activation activation,
        boolean afterAttention,
        List<Integer> layers)
        implements Adapter {
    private static final double RULE_DEVIATION = 1e-4;

    /** Checks the ranges. */
    public Compacter {
        Limits.check(Compacter.class, reduction, divisor, rank, activation, afterAttention, layers);
        layers = LayerSubset.ascending(layers);
    }

    /** Compacter configured by a block: {@code Compacter.of(c -> c.divisor(8))}. */
    public static Compacter of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return (afterAttention ? "Compacter(÷" : "Compacter++(÷") + reduction + ", n " + divisor
                + (rank == 1 ? "" : ", rank " + rank) + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        int hidden = encoder.hiddenSize();
        int size = hidden / reduction;
        if (size == 0 || hidden % divisor != 0 || size % divisor != 0) {
            throw new OptionException(
                    "divisor",
                    "divisor is %d, expected a divisor of the hidden size, %d, and of the narrow layers' size, %d"
                            .formatted(divisor, hidden, size));
        }
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            all.add(new Declaration(
                    rule(task), List.of(divisor, divisor, divisor), Start.normal(RULE_DEVIATION), task));
            for (int layer : LayerSubset.in(encoder, layers)) {
                for (String place : afterAttention ? List.of("attention", "feedForward") : List.of("feedForward")) {
                    all.addAll(map(prefix(task, layer, place) + "down", hidden, size, task));
                    all.addAll(map(prefix(task, layer, place) + "up", size, hidden, task));
                }
            }
        }
        return all;
    }

    private List<Declaration> map(String prefix, int in, int out, String task) {
        return List.of(
                factor(prefix + ".left", in / divisor, rank, task),
                factor(prefix + ".right", rank, out / divisor, task),
                new Declaration(prefix + ".bias", List.of(out), Start.ZERO, task));
    }

    /** As Glorot and Bengio (2010) start a matrix of these sizes. */
    private Declaration factor(String name, int rows, int columns, String task) {
        return new Declaration(
                name, List.of(divisor, rows, columns), Start.normal(Math.sqrt(2.0 / (rows + columns))), task);
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        if (!LayerSubset.has(layers, layer)) {
            return LayerAdapter.NONE;
        }
        NDArray rule = parameters.get(rule(task)); // (n, n, n)
        Product down = Product.of(prefix(task, layer, "feedForward") + "down", parameters);
        Product up = Product.of(prefix(task, layer, "feedForward") + "up", parameters);
        Product attentionDown =
                afterAttention ? Product.of(prefix(task, layer, "attention") + "down", parameters) : null;
        Product attentionUp = afterAttention ? Product.of(prefix(task, layer, "attention") + "up", parameters) : null;
        return new MadeInPass(c -> new NarrowLayers(
                Bottleneck.Form.HOULSBY,
                attentionDown == null || attentionUp == null ? null : narrow(attentionDown, attentionUp, rule, c),
                narrow(down, up, rule, c)));
    }

    private NarrowLayer narrow(Product down, Product up, NDArray rule, LayerContext c) {
        return new NarrowLayer(down.times(rule, c), up.times(rule, c), activation, 1);
    }

    /** A linear map in its factors: s (n, I/n, k), t (n, k, O/n), and its bias (O). */
    private record Product(NDArray left, NDArray right, NDArray bias) {
        static Product of(String prefix, ParameterSource parameters) {
            return new Product(
                    parameters.get(prefix + ".left"),
                    parameters.get(prefix + ".right"),
                    parameters.get(prefix + ".bias"));
        }

        Linear times(NDArray rule, LayerContext c) {
            return new Linear(c.ops().adapters().hypercomplex(rule, left, right), bias); // (O, I)
        }
    }

    private static String rule(String task) {
        return "adapter.compacter." + task + ".rule";
    }

    private static String prefix(String task, int layer, String place) {
        return "adapter.compacter." + task + ".layer." + layer + "." + place + ".";
    }

    /** Options of {@code compacter}. */
    public static final class Options implements Block<Compacter> {
        private int reduction = 32;
        private int divisor = 4;
        private int rank = 1;
        private Activation activation = Activation.GELU;
        private boolean afterAttention = true;
        private List<Integer> layers = List.of();

        /** How many times narrower than hidden states a layer is; 32 by default. */
        public Options reduction(int value) {
            reduction = value;
            return this;
        }

        /** Summands of a weight, and rows of their first factors; 4 by default. */
        public Options divisor(int value) {
            divisor = value;
            return this;
        }

        /** Rank of the second factors; 1 by default. */
        public Options rank(int value) {
            rank = value;
            return this;
        }

        /** The activation inside; gelu by default. */
        public Options activation(Activation value) {
            activation = value;
            return this;
        }

        /** Whether there is one behind the attention too, which Compacter++ leaves out; true by default. */
        public Options afterAttention(boolean value) {
            afterAttention = value;
            return this;
        }

        /** The encoder layers that get them, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that get them, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public Compacter build() {
            return new Compacter(reduction, divisor, rank, activation, afterAttention, layers);
        }
    }
}
