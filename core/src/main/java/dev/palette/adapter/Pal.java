package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Linear;
import dev.palette.kernel.SelfAttention;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Projected attention layers (Stickland &amp; Murray 2019, §3.2): beside each encoder layer, and for each task, the layer's input is
 * projected down to a small space, attended to there, projected up again and added to the layer's output before its last norm:
 *
 * <pre>PAL(h) = gelu(Wᵁ · MultiHead(Wᴰ · h))</pre>
 *
 * <p>Wᴰ and Wᵁ are shared by the layers of a task, the small attention belongs to one layer and has no output projection, and
 * nothing in it is dropped out. With size 204 and eight tasks BERT-base grows to 1.13 times its parameters.
 *
 * @param size width of the small space; 204 by default
 * @param heads attention heads in it; 6 by default, divides the size
 */
public record Pal(int size, int heads) implements Adapter {
    /** Checks the ranges. */
    public Pal {
        Range.atLeast("size", size, 1);
        Range.atLeast("heads", heads, 1);
        if (size % heads != 0) {
            throw new PaletteException("pal: size %d is not a multiple of heads %d: each head takes an equal share"
                    .formatted(size, heads));
        }
    }

    /** PALs configured by a block: {@code Pal.of(p -> p.size(204).heads(6))}. */
    public static Pal of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "PALs(" + size + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            all.addAll(Declaration.linear(down(task), encoder.hiddenSize(), size, task));
            all.addAll(Declaration.linear(up(task), size, encoder.hiddenSize(), task));
            for (int layer = 0; layer < encoder.layers(); layer++) {
                for (String projection : List.of("query", "key", "value")) {
                    all.addAll(Declaration.linear(attention(task, layer) + projection, size, size, task));
                }
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        Linear down = parameters.linear(down(task));
        Linear up = parameters.linear(up(task));
        SelfAttention attention = new SelfAttention(
                parameters.linear(attention(task, layer) + "query"),
                parameters.linear(attention(task, layer) + "key"),
                parameters.linear(attention(task, layer) + "value"),
                heads);
        return new LayerAdapter() {
            @Override
            public NDArray parallel(NDArray input, LayerContext c) {
                NDArray small = c.ops().linear(input, down); // (B, T, size)
                NDArray attended = c.ops().selfAttention(small, c.mask(), attention, 0); // (B, T, size)
                return c.ops().gelu(c.ops().linear(attended, up)); // (B, T, H)
            }
        };
    }

    private static String down(String task) {
        return "adapter.pal." + task + ".down";
    }

    private static String up(String task) {
        return "adapter.pal." + task + ".up";
    }

    private static String attention(String task, int layer) {
        return "adapter.pal." + task + ".layer." + layer + ".";
    }

    /** Options of {@code pal}. */
    public static final class Options implements Block<Pal> {
        private int size = 204;
        private int heads = 6;

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

        @Override
        public Pal build() {
            return new Pal(size, heads);
        }
    }
}
