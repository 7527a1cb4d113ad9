package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.SelfAttention;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.LayerForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One encoder layer: attention, then feed-forward, each added to its input and normalised (Devlin et al. 2019, §3; Vaswani et al.
 * 2017, §3.1), with the sites where adapters join it. The encoder is a stack of these, and {@link TopLayer} is one more. Where norms
 * stand first, each part reads what they make, and the sums stay as they are ({@link LayerForm}).
 *
 * @param attention the attention
 * @param attentionNorm the norm after it, or before it; null where the first layer reads what is normalised already
 * @param feedForward the feed-forward part
 * @param feedForwardNorm the norm after it, or before it
 * @param normsFirst whether norms stand before
 */
public record BertLayer(
        AttentionPart attention,
        @Nullable LayerNorm attentionNorm,
        FeedForwardPart feedForward,
        LayerNorm feedForwardNorm,
        boolean normsFirst) {

    /**
     * The parameters of a layer, under Hugging Face's names after a prefix.
     *
     * @param layer which of the encoder's, from 0
     * @param prefix ends in a dot
     * @param task the one task that uses it, or null
     */
    public static List<Declaration> parameters(BertConfig c, int layer, String prefix, @Nullable String task) {
        int hidden = c.hiddenSize();
        LayerForm form = c.form();
        List<Declaration> all = new ArrayList<>();
        for (String projection : List.of("query", "key", "value")) {
            all.addAll(Declaration.linear(prefix + "attention.self." + projection, hidden, hidden, task));
        }
        all.addAll(Declaration.linear(prefix + "attention.output.dense", hidden, hidden, task));
        if (form.hasAttentionNorm(layer)) {
            all.addAll(Declaration.norm(prefix + form.attentionNorm(), hidden, task));
        }
        all.addAll(Declaration.linear(prefix + "intermediate.dense", hidden, c.innerRows(), task));
        all.addAll(Declaration.linear(prefix + "output.dense", c.intermediateSize(), hidden, task));
        all.addAll(Declaration.norm(prefix + form.feedForwardNorm(), hidden, task));
        return form.biases() ? all : Declaration.unbiased(all);
    }

    /**
     * The layer whose parameters have a prefix.
     *
     * @param places how its attention is told where rows stand
     */
    public static BertLayer of(BertConfig config, int layer, String prefix, Places places, ParameterSource parameters) {
        LayerForm form = config.form();
        ParameterSource p = form.biases() ? parameters : parameters.unbiased();
        String self = prefix + "attention.self.";
        double epsilon = config.layerNormEpsilon();
        return new BertLayer(
                new AttentionPart(
                        new SelfAttention(
                                p.linear(self + "query"),
                                p.linear(self + "key"),
                                p.linear(self + "value"),
                                config.heads()),
                        p.linear(prefix + "attention.output.dense"),
                        places),
                form.hasAttentionNorm(layer) ? p.norm(prefix + form.attentionNorm(), epsilon) : null,
                new FeedForwardPart(
                        p.linear(prefix + "intermediate.dense"), p.linear(prefix + "output.dense"), form.gated()),
                p.norm(prefix + form.feedForwardNorm(), epsilon),
                form.normsFirst());
    }

    /** The layer's output for h (N, H), with what the adapter adds at each site. */
    public NDArray forward(NDArray h, LayerAdapter adapter, LayerContext c) {
        LayerAdapter joined = adapter.in(c);
        NDArray read = before(h, attentionNorm, c); // (N, H)
        Residual attended = residual(attention.apply(read, joined, c), read, h, attentionNorm);
        NDArray x = attended.with(joined.afterAttention(attended, c)).sum(c); // (N, H)
        NDArray next = before(x, feedForwardNorm, c); // (N, H)
        Residual fed = residual(feedForward.apply(next, joined, c), next, x, feedForwardNorm);
        NDArray sum = joined.afterFeedForward(fed, c); // (N, H)
        NDArray parallel = joined.parallel(read, c);
        return joined.output(fed.with(sum).beside(parallel, c).sum(c), c); // (N, H)
    }

    /** What a part reads of the residual stream, (N, H). */
    private NDArray before(NDArray stream, @Nullable LayerNorm norm, LayerContext c) {
        return normsFirst && norm != null ? c.ops().norm(stream, norm) : stream;
    }

    private Residual residual(NDArray output, NDArray input, NDArray stream, @Nullable LayerNorm norm) {
        return new Residual(output, input, stream, normsFirst ? null : norm);
    }
}
