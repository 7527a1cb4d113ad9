package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two adapters in each layer, before each of its norms (Houlsby et al. 2019, §2.1), in the form that Stickland &amp; Murray (2019,
 * §4.2) compare with: after the attention's output projection a low-rank layer with a residual,
 *
 * <pre>a + Wᵁ · gelu(Wᴰ · a)</pre>
 *
 * <p>and beside the feed-forward part another that reads, like this part, the normalised sum below it. With size 50 and eight
 * tasks BERT-base grows to 1.14 times its parameters. "Houlsby plus PALs" has a PAL for the second one:
 * {@code houlsby { size 50; output pal { size 156 } }}.
 *
 * @param size width of the first adapter; 50 by default
 * @param output the second; low rank of the same size by default
 * @see "Houlsby et al. 2019, Parameter-Efficient Transfer Learning for NLP, §2.1 (arXiv:1902.00751)"
 */
public record Houlsby(@Limit(least = 1) int size, ParallelAdapter output) implements Adapter {
    /** Checks the range. */
    public Houlsby {
        Limits.check(Houlsby.class, size, output);
    }

    /** Two low-rank adapters of one size. */
    public Houlsby(int size) {
        this(size, new LowRank(size));
    }

    /** Houlsby adapters configured by a block: {@code Houlsby.of(h -> h.size(50))}. */
    public static Houlsby of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return output.equals(new LowRank(size))
                ? "Houlsby(" + size + ")"
                : "Houlsby(" + size + ", " + output.label() + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer = 0; layer < encoder.layers(); layer++) {
                all.addAll(LowRank.parameters(attention(task, layer), encoder.hiddenSize(), size, task));
            }
        }
        output.parameters(encoder, tasks).forEach(d -> all.add(d.named(ofOutput(d.name()))));
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        Sublayer afterAttention = LowRank.branch(attention(task, layer), parameters);
        Sublayer besideFeedForward =
                output.joins(layer) ? output.branch(layer, task, name -> parameters.get(ofOutput(name))) : null;
        return new LayerAdapter() {
            @Override
            public NDArray afterAttention(Residual residual, LayerContext c) {
                NDArray attended = residual.output();
                return c.ops().add(attended, afterAttention.apply(attended, c)); // (N, H)
            }

            @Override
            public NDArray afterFeedForward(Residual residual, LayerContext c) {
                NDArray fed = residual.output();
                return besideFeedForward == null
                        ? fed
                        : c.ops().add(fed, besideFeedForward.apply(residual.input(), c)); // (N, H)
            }
        };
    }

    private static String attention(String task, int layer) {
        return "adapter.houlsby." + task + ".layer." + layer + ".attention.";
    }

    /** {@code adapter.pal.cola.down.weight} as {@code adapter.houlsby.output.pal.cola.down.weight}. */
    private static String ofOutput(String name) {
        return name.replaceFirst("^adapter\\.", "adapter.houlsby.output.");
    }

    /** Options of {@code houlsby}. */
    public static final class Options implements Block<Houlsby> {
        private int size = 50;
        private @Nullable ParallelAdapter output;

        /** Width of the adapter after the attention, and of the other unless {@code output} says what that is; 50 by default. */
        public Options size(int value) {
            size = value;
            return this;
        }

        /** What stands beside the feed-forward part; low rank of the same size by default. */
        public Options output(ParallelAdapter value) {
            output = value;
            return this;
        }

        @Override
        public Houlsby build() {
            return output == null ? new Houlsby(size) : new Houlsby(size, output);
        }
    }
}
