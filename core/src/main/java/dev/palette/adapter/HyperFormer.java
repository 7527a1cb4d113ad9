package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Start;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * HyperFormer++ (Karimi Mahabadi et al. 2021, §2): networks that all tasks and layers share make each task's adapters, of an
 * embedding of the task, z, one of the layer, l, and one of the place in the layer, p (behind the attention or behind the feed-forward
 * part):
 *
 * <pre>I = P₂ relu(P₁ [z; l; p] + c₁) + c₂,   (Wᴰ, Wᵁ, γ, β) = linear maps of I
 * a + norm_γβ(Wᵁ gelu(Wᴰ a))</pre>
 *
 * <p>A task more costs an embedding more. The adapters have no biases, as in the paper's equations.
 *
 * @param size columns of Wᵁ, rows of Wᴰ; 24 by default
 * @param embedding length of z, l, p and I; 64 by default
 * @param inner width inside the network that makes I; 128 by default
 * @param layers the encoder layers that get adapters, from 0, ascending; empty, the default, for all
 * @see "Karimi Mahabadi et al. 2021, Parameter-efficient Multi-task Fine-tuning for Transformers via Shared Hypernetworks, §2
 *     (arXiv:2106.04489)"
 */
public record HyperFormer(
        @Limit(least = 1) int size,
        @Limit(least = 1) int embedding,
        @Limit(least = 1) int inner,
        List<Integer> layers) implements Adapter {
    private static final String PREFIX = "adapter.hyperFormer.";
    private static final double GENERATOR_DEVIATION = 0.01;
    private static final double NORM_EPSILON = 1e-6;

    /** Where adapters stand in a layer. */
    private enum Place {
        ATTENTION,
        FEED_FORWARD;

        String embedding() {
            return PREFIX + (this == ATTENTION ? "attention" : "feedForward") + ".embedding";
        }
    }

    /** Checks the ranges. */
    public HyperFormer {
        Limits.check(HyperFormer.class, size, embedding, inner, layers);
        layers = LayerSubset.ascending(layers);
    }

    /** HyperFormer configured by a block: {@code HyperFormer.of(h -> h.size(48))}. */
    public static HyperFormer of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "HyperFormer(" + size + ", of " + embedding + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        int hidden = encoder.hiddenSize();
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            all.add(new Declaration(ofTask(task), List.of(embedding), Start.normal(1), task));
        }
        for (int layer : LayerSubset.in(encoder, layers)) {
            all.add(new Declaration(ofLayer(layer), List.of(embedding), Start.normal(1), null));
        }
        for (Place place : Place.values()) {
            all.add(new Declaration(place.embedding(), List.of(embedding), Start.normal(1), null));
        }
        all.addAll(Declaration.torchLinear(PREFIX + "projector.first", 3 * embedding, inner, null));
        all.addAll(Declaration.torchLinear(PREFIX + "projector.second", inner, embedding, null));
        all.add(generator("down", size * hidden));
        all.add(generator("up", hidden * size));
        all.add(generator("scale", hidden));
        all.add(generator("shift", hidden));
        return all;
    }

    private Declaration generator(String what, int values) {
        return new Declaration(
                PREFIX + what + ".weight", List.of(values, embedding), Start.normal(GENERATOR_DEVIATION), null);
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        if (!LayerSubset.has(layers, layer)) {
            return LayerAdapter.NONE;
        }
        NDArray ofTask = parameters.get(ofTask(task)); // (E)
        NDArray ofLayer = parameters.get(ofLayer(layer)); // (E)
        NDArray attention = parameters.get(Place.ATTENTION.embedding()); // (E)
        NDArray feedForward = parameters.get(Place.FEED_FORWARD.embedding()); // (E)
        Hypernetwork network = Hypernetwork.of(parameters);
        return new MadeInPass(c -> {
            NDArray where = c.ops().adapters().below(ofTask, ofLayer); // (2 E)
            return new Generated(network.at(where, attention, this, c), network.at(where, feedForward, this, c));
        });
    }

    /**
     * The networks that make adapters.
     *
     * @param first P₁ (inner, 3 E) and c₁
     * @param second P₂ (E, inner) and c₂
     * @param down makes Wᴰ, (r H, E)
     * @param up makes Wᵁ, (H r, E)
     * @param scale makes γ, (H, E)
     * @param shift makes β, (H, E)
     */
    private record Hypernetwork(Linear first, Linear second, NDArray down, NDArray up, NDArray scale, NDArray shift) {
        static Hypernetwork of(ParameterSource p) {
            return new Hypernetwork(
                    p.linear(PREFIX + "projector.first"),
                    p.linear(PREFIX + "projector.second"),
                    p.get(PREFIX + "down.weight"),
                    p.get(PREFIX + "up.weight"),
                    p.get(PREFIX + "scale.weight"),
                    p.get(PREFIX + "shift.weight"));
        }

        /** The adapter at a place, whose embedding is (E), of a task's layer, whose embeddings are (2 E). */
        NormedLayer at(NDArray taskAndLayer, NDArray place, HyperFormer sizes, LayerContext c) {
            NDArray source = c.scoped(in -> {
                NDArray all = in.ops().adapters().below(taskAndLayer, place); // (3 E)
                NDArray hidden = in.ops().relu(in.ops().linear(in.ops().rows(all, 3 * sizes.embedding), first));
                return in.ops().linear(hidden, second); // (E)
            });
            int width = Math.toIntExact(scale.getShape().get(0));
            return new NormedLayer(
                    c.ops().rows(c.ops().adapters().product(source, down), width), // (r, H)
                    c.ops().rows(c.ops().adapters().product(source, up), sizes.size), // (H, r)
                    new LayerNorm(
                            c.ops().adapters().flat(c.ops().adapters().product(source, scale)), // (H)
                            c.ops().adapters().flat(c.ops().adapters().product(source, shift)), // (H)
                            NORM_EPSILON));
        }
    }

    /** A narrow layer without biases and the norm of what it makes: Wᴰ (r, H), Wᵁ (H, r). */
    private record NormedLayer(NDArray down, NDArray up, LayerNorm norm) {
        NDArray addTo(NDArray y, LayerContext c) {
            return c.scoped(in -> {
                NDArray small = in.ops().gelu(in.ops().adapters().product(y, down)); // (N, r)
                NDArray made = in.ops().norm(in.ops().adapters().product(small, up), norm); // (N, H)
                return in.ops().add(y, made);
            });
        }
    }

    /** A layer's two adapters. */
    private record Generated(NormedLayer attention, NormedLayer feedForward) implements LayerAdapter {
        @Override
        public NDArray afterAttention(Residual residual, LayerContext c) {
            return attention.addTo(residual.output(), c); // (N, H)
        }

        @Override
        public NDArray afterFeedForward(Residual residual, LayerContext c) {
            return feedForward.addTo(residual.output(), c); // (N, H)
        }
    }

    private static String ofTask(String task) {
        return PREFIX + "task." + task + ".embedding";
    }

    private static String ofLayer(int layer) {
        return PREFIX + "layer." + layer + ".embedding";
    }

    /** Options of {@code hyperFormer}. */
    public static final class Options implements Block<HyperFormer> {
        private int size = 24;
        private int embedding = 64;
        private int inner = 128;
        private List<Integer> layers = List.of();

        /** Width inside the adapters; 24 by default. */
        public Options size(int value) {
            size = value;
            return this;
        }

        /** Length of the embeddings of tasks, layers and places; 64 by default. */
        public Options embedding(int value) {
            embedding = value;
            return this;
        }

        /** Width inside the network that combines them; 128 by default. */
        public Options inner(int value) {
            inner = value;
            return this;
        }

        /** The encoder layers that get adapters, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that get adapters, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public HyperFormer build() {
            return new HyperFormer(size, embedding, inner, layers);
        }
    }
}
