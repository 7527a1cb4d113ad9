package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import dev.palette.kernel.SelfAttention;
import dev.palette.pretrained.BertConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One encoder layer: attention, then feed-forward, each added to its input and normalised (Devlin et al. 2019, §3; Vaswani et al.
 * 2017, §3.1), with the sites where adapters join it. The encoder is a stack of these, and {@link TopLayer} is one more.
 *
 * @param attention query, key and value projections
 * @param attentionOutput the projection after them
 * @param attentionNorm the norm after the attention
 * @param inner into the feed-forward part, (F, H)
 * @param outer out of it, (H, F)
 * @param outputNorm the norm after it
 */
public record BertLayer(
        SelfAttention attention,
        Linear attentionOutput,
        LayerNorm attentionNorm,
        Linear inner,
        Linear outer,
        LayerNorm outputNorm) {

    /**
     * The parameters of a layer, under Hugging Face's names after a prefix.
     *
     * @param task the one task that uses it, or null
     */
    public static List<Declaration> parameters(BertConfig c, String prefix, @Nullable String task) {
        List<Declaration> all = new ArrayList<>();
        for (String projection : List.of("query", "key", "value")) {
            all.addAll(
                    Declaration.linear(prefix + "attention.self." + projection, c.hiddenSize(), c.hiddenSize(), task));
        }
        all.addAll(Declaration.linear(prefix + "attention.output.dense", c.hiddenSize(), c.hiddenSize(), task));
        all.addAll(Declaration.norm(prefix + "attention.output.LayerNorm", c.hiddenSize(), task));
        all.addAll(Declaration.linear(prefix + "intermediate.dense", c.hiddenSize(), c.intermediateSize(), task));
        all.addAll(Declaration.linear(prefix + "output.dense", c.intermediateSize(), c.hiddenSize(), task));
        all.addAll(Declaration.norm(prefix + "output.LayerNorm", c.hiddenSize(), task));
        return all;
    }

    /** The layer whose parameters have a prefix. */
    public static BertLayer of(BertConfig config, String prefix, ParameterSource p) {
        String self = prefix + "attention.self.";
        return new BertLayer(
                new SelfAttention(
                        p.linear(self + "query"), p.linear(self + "key"), p.linear(self + "value"), config.heads()),
                p.linear(prefix + "attention.output.dense"),
                p.norm(prefix + "attention.output.LayerNorm", config.layerNormEpsilon()),
                p.linear(prefix + "intermediate.dense"),
                p.linear(prefix + "output.dense"),
                p.norm(prefix + "output.LayerNorm", config.layerNormEpsilon()));
    }

    /** The layer's output for h (N, H), with what the adapter adds at each site. */
    public NDArray forward(NDArray h, LayerAdapter adapter, LayerContext c) {
        NDArray attended = c.ops()
                .attention(
                        h, c.layout(), attention, attentionOutput, c.attentionDropout(), c.hiddenDropout()); // (N, H)
        NDArray x = c.ops().addNorm(adapter.afterAttention(attended, c), h, attentionNorm); // (N, H)
        NDArray fed = c.ops().feedForward(x, inner, outer, c.hiddenDropout()); // (N, H)
        NDArray sum = adapter.afterFeedForward(fed, x, c); // (N, H)
        NDArray parallel = adapter.parallel(h, c);
        NDArray residual = parallel == null ? x : c.ops().add(x, parallel); // (N, H)
        return adapter.output(c.ops().addNorm(sum, residual, outputNorm), c); // (N, H)
    }
}
