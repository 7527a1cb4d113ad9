package dev.palette.adapter;

import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import dev.palette.kernel.SelfAttention;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Projected attention above the encoder's last layer (Stickland &amp; Murray 2019, §3.1): for each task, hidden states are projected
 * down once, go through blocks of attention with output projection, residual and norm in the small space, and are projected up
 * again. There is no residual around the whole and no activation. With size 204 and eight tasks BERT-base grows to 1.10 times its
 * parameters.
 *
 * @param size width of the small space; 204 by default
 * @param blocks attention blocks; 6 by default
 * @param heads attention heads in each; 12 by default, divides the size
 * @see "Stickland and Murray 2019, BERT and PALs, §3.1 (arXiv:1902.02671)"
 */
public record TopAttention(
        @Limit(least = 1) int size,
        @Limit(least = 1) int blocks,
        @Limit(least = 1) int heads) implements Adapter {
    /** Checks the ranges. */
    public TopAttention {
        Limits.check(TopAttention.class, size, blocks, heads);
        if (size % heads != 0) {
            throw new PaletteException(
                    "topAttention: size %d is not a multiple of heads %d: each head takes an equal share"
                            .formatted(size, heads));
        }
    }

    /** Projected attention on top configured by a block: {@code TopAttention.of(t -> t.size(204))}. */
    public static TopAttention of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "top attention(" + size + (blocks == Options.BLOCKS ? "" : ", blocks " + blocks)
                + (heads == Options.HEADS ? "" : ", heads " + heads) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            all.addAll(Declaration.linear(prefix(task) + "down", encoder.hiddenSize(), size, task));
            all.addAll(Declaration.linear(prefix(task) + "up", size, encoder.hiddenSize(), task));
            for (int block = 0; block < blocks; block++) {
                String prefix = prefix(task, block);
                for (String square : List.of("self.query", "self.key", "self.value", "output.dense")) {
                    all.addAll(Declaration.linear(prefix + square, size, size, task));
                }
                all.addAll(Declaration.norm(prefix + "output.LayerNorm", size, task));
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return LayerAdapter.NONE;
    }

    @Override
    public @Nullable Sublayer onTop(BertConfig encoder, String task, ParameterSource parameters) {
        Linear down = parameters.linear(prefix(task) + "down");
        Linear up = parameters.linear(prefix(task) + "up");
        List<AttentionBlock> stack = IntStream.range(0, blocks)
                .mapToObj(block -> block(prefix(task, block), encoder, parameters))
                .toList();
        return (h, c) -> c.ops().scoped(ops -> {
            var small = ops.linear(h, down); // (N, size)
            for (AttentionBlock block : stack) {
                var attended = ops.attention(
                        small, c.layout(), block.attention(), block.output(), c.attentionDropout(), c.hiddenDropout());
                small = ops.addNorm(attended, small, block.norm()); // (N, size)
            }
            return ops.linear(small, up); // (N, H)
        });
    }

    /** The attention half of a transformer layer. */
    private record AttentionBlock(SelfAttention attention, Linear output, LayerNorm norm) {}

    private AttentionBlock block(String prefix, BertConfig encoder, ParameterSource p) {
        return new AttentionBlock(
                new SelfAttention(
                        p.linear(prefix + "self.query"),
                        p.linear(prefix + "self.key"),
                        p.linear(prefix + "self.value"),
                        heads),
                p.linear(prefix + "output.dense"),
                p.norm(prefix + "output.LayerNorm", encoder.layerNormEpsilon()));
    }

    private static String prefix(String task) {
        return "adapter.topAttention." + task + ".";
    }

    private static String prefix(String task, int block) {
        return prefix(task) + "block." + block + ".";
    }

    /** Options of {@code topAttention}. */
    public static final class Options implements Block<TopAttention> {
        private static final int BLOCKS = 6;
        private static final int HEADS = 12;

        private int size = 204;
        private int blocks = BLOCKS;
        private int heads = HEADS;

        /** Width of the small space; 204 by default. */
        public Options size(int value) {
            size = value;
            return this;
        }

        /** Attention blocks; 6 by default. */
        public Options blocks(int value) {
            blocks = value;
            return this;
        }

        /** Attention heads of each block; 12 by default. */
        public Options heads(int value) {
            heads = value;
            return this;
        }

        @Override
        public TopAttention build() {
            return new TopAttention(size, blocks, heads);
        }
    }
}
