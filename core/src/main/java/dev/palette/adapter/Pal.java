package dev.palette.adapter;

import dev.palette.kernel.Linear;
import dev.palette.kernel.SelfAttention;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Projected attention layers (Stickland &amp; Murray 2019, §3.2): beside each encoder layer, and for each task, the layer's input is
 * projected down to a small space, attended to there, projected up again and added to the layer's output before its last norm:
 *
 * <pre>PAL(h) = gelu(Wᵁ · MultiHead(Wᴰ · h))</pre>
 *
 * <p>Wᴰ and Wᵁ are shared by the layers of a task unless they are untied; the small attention belongs to one layer and has no output
 * projection. Of it only the attention probabilities are dropped out, as everywhere in BERT. With size 204 and eight tasks BERT-base
 * grows to 1.13 times its parameters; the paper also puts PALs(276) on the upper half of the layers alone.
 *
 * @param size width of the small space; 204 by default
 * @param heads attention heads in it; 6 by default, divides the size
 * @param tied whether a task's layers share Wᴰ and Wᵁ; true by default
 * @param layers the encoder layers that get a PAL, from 0, ascending; empty, the default, for all
 * @see "Stickland and Murray 2019, BERT and PALs, §3.2 (arXiv:1902.02671)"
 */
public record Pal(
        @Limit(least = 1) int size, @Limit(least = 1) int heads, boolean tied, List<Integer> layers)
        implements ParallelAdapter {
    /** Checks the ranges. */
    public Pal {
        Limits.check(Pal.class, size, heads, tied, layers);
        if (size % heads != 0) {
            throw new PaletteException("pal: size %d is not a multiple of heads %d: each head takes an equal share"
                    .formatted(size, heads));
        }
        layers = LayerSubset.ascending(layers);
    }

    /** PALs beside every layer, with projections tied over the layers. */
    public Pal(int size, int heads) {
        this(size, heads, true, List.of());
    }

    /** PALs configured by a block: {@code Pal.of(p -> p.size(204).heads(6))}. */
    public static Pal of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "PALs(" + size + (heads == Options.HEADS ? "" : ", heads " + heads) + (tied ? "" : ", untied")
                + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            if (tied) {
                all.addAll(projections(prefix(task), encoder, task));
            }
            for (int layer : LayerSubset.in(encoder, layers)) {
                String prefix = prefix(task, layer);
                if (!tied) {
                    all.addAll(projections(prefix, encoder, task));
                }
                for (String projection : List.of("query", "key", "value")) {
                    Declaration.linear(prefix + projection, size, size, task)
                            .forEach(d -> all.add(d.as(Declaration.Role.PAL_ATTENTION)));
                }
            }
        }
        return all;
    }

    private List<Declaration> projections(String prefix, BertConfig encoder, String task) {
        List<Declaration> both = new ArrayList<>(Declaration.linear(prefix + "down", encoder.hiddenSize(), size, task));
        both.addAll(Declaration.linear(prefix + "up", size, encoder.hiddenSize(), task));
        return both;
    }

    @Override
    public boolean joins(int layer) {
        return LayerSubset.has(layers, layer);
    }

    @Override
    public Sublayer branch(int layer, String task, ParameterSource parameters) {
        String own = prefix(task, layer);
        String projections = tied ? prefix(task) : own;
        Linear down = parameters.linear(projections + "down");
        Linear up = parameters.linear(projections + "up");
        SelfAttention attention = new SelfAttention(
                parameters.linear(own + "query"),
                parameters.linear(own + "key"),
                parameters.linear(own + "value"),
                heads);
        return (h, c) -> c.ops().scoped(ops -> {
            var small = ops.linear(h, down); // (N, size)
            var attended = ops.selfAttention(small, c.layout(), attention, c.attentionDropout()); // (N, size)
            return ops.gelu(ops.linear(attended, up)); // (N, H)
        });
    }

    private static String prefix(String task) {
        return "adapter.pal." + task + ".";
    }

    private static String prefix(String task, int layer) {
        return prefix(task) + "layer." + layer + ".";
    }

    /** Options of {@code pal}. */
    public static final class Options implements Block<Pal> {
        private static final int HEADS = 6;

        private int size = 204;
        private int heads = HEADS;
        private boolean tied = true;
        private List<Integer> layers = List.of();

        /** Width of the small space; 204 by default. */
        public Options size(int value) {
            size = value;
            return this;
        }

        /** Attention heads in the small space; 6 by default. */
        public Options heads(int value) {
            heads = value;
            return this;
        }

        /** Whether a task's layers share their projections; true by default. */
        public Options tied(boolean value) {
            tied = value;
            return this;
        }

        /** The encoder layers that get a PAL, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that get a PAL, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public Pal build() {
            return new Pal(size, heads, tied, layers);
        }
    }
}
