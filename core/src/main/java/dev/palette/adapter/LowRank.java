package dev.palette.adapter;

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
 * Low-rank layers (Stickland &amp; Murray 2019, §3.1): where a PAL attends, these have an activation only, and each layer has
 * projections of its own:
 *
 * <pre>LowRank(h) = Wᵁ · gelu(Wᴰ · h)</pre>
 *
 * <p>With size 100 and eight tasks BERT-base grows to 1.14 times its parameters.
 *
 * @param size width of the small space; 100 by default
 * @param layers the encoder layers that get one, from 0, ascending; empty, the default, for all
 * @see "Stickland and Murray 2019, BERT and PALs, §3.1 (arXiv:1902.02671)"
 */
public record LowRank(@Limit(least = 1) int size, List<Integer> layers) implements ParallelAdapter {
    /** Checks the ranges. */
    public LowRank {
        Limits.check(LowRank.class, size, layers);
        layers = LayerSubset.ascending(layers);
    }

    /** Low-rank layers beside every encoder layer. */
    public LowRank(int size) {
        this(size, List.of());
    }

    /** Low-rank layers configured by a block: {@code LowRank.of(l -> l.size(100))}. */
    public static LowRank of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "low rank(" + size + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer : LayerSubset.in(encoder, layers)) {
                all.addAll(parameters(prefix(task, layer), encoder.hiddenSize(), size, task));
            }
        }
        return all;
    }

    @Override
    public boolean joins(int layer) {
        return LayerSubset.has(layers, layer);
    }

    @Override
    public Sublayer branch(int layer, String task, ParameterSource parameters) {
        return branch(prefix(task, layer), parameters);
    }

    /** The two projections of one low-rank layer. */
    static List<Declaration> parameters(String prefix, int hiddenSize, int size, String task) {
        List<Declaration> both = new ArrayList<>(Declaration.linear(prefix + "down", hiddenSize, size, task));
        both.addAll(Declaration.linear(prefix + "up", size, hiddenSize, task));
        return both;
    }

    /** One low-rank layer. */
    static Sublayer branch(String prefix, ParameterSource parameters) {
        Linear down = parameters.linear(prefix + "down");
        Linear up = parameters.linear(prefix + "up");
        return (h, c) -> c.ops().scoped(ops -> {
            var small = ops.gelu(ops.linear(h, down)); // (N, size)
            return ops.linear(small, up); // (N, H)
        });
    }

    private static String prefix(String task, int layer) {
        return "adapter.lowRank." + task + ".layer." + layer + ".";
    }

    /** Options of {@code lowRank}. */
    public static final class Options implements Block<LowRank> {
        private int size = 100;
        private List<Integer> layers = List.of();

        /** Width of the small space; 100 by default. */
        public Options size(int value) {
            size = value;
            return this;
        }

        /** The encoder layers that get one, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that get one, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public LowRank build() {
            return new LowRank(size, layers);
        }
    }
}
