package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import dev.palette.kernel.SelfAttention;
import dev.palette.pretrained.BertConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
        LayerAdapter joined = adapter.in(c);
        Residual attended = new Residual(attended(h, joined, c), h, h, attentionNorm);
        NDArray x = attended.with(joined.afterAttention(attended, c)).sum(c); // (N, H)
        Residual fed = new Residual(fed(x, joined, c), x, x, outputNorm);
        NDArray sum = joined.afterFeedForward(fed, c); // (N, H)
        NDArray parallel = joined.parallel(h, c);
        NDArray residual = parallel == null ? x : c.ops().add(x, parallel); // (N, H)
        return joined.output(c.ops().addNorm(sum, residual, outputNorm), c); // (N, H)
    }

    /** The attention's output: in one operation, unless an adapter is in the way. */
    private NDArray attended(NDArray h, LayerAdapter a, LayerContext c) {
        LinearMap query = a.projection(Projection.QUERY, LinearMap.of(attention.query()));
        LinearMap key = a.projection(Projection.KEY, LinearMap.of(attention.key()));
        LinearMap value = a.projection(Projection.VALUE, LinearMap.of(attention.value()));
        LinearMap output = a.projection(Projection.ATTENTION_OUTPUT, LinearMap.of(attentionOutput));
        Prefix prefix = a.prefix(c);
        if (prefix == null && Stream.of(query, key, value, output).allMatch(LinearMap::isPlain)) {
            return c.ops()
                    .attention(h, c.layout(), attention, attentionOutput, c.attentionDropout(), c.hiddenDropout());
        }
        return c.scoped(in -> {
            NDArray q = query.apply(h, in); // (N, H)
            NDArray k = key.apply(h, in); // (N, H)
            NDArray v = value.apply(h, in); // (N, H)
            NDArray found = attend(q, k, v, prefix, in); // (N, H)
            return in.ops().dropout(output.apply(found, in), in.hiddenDropout()); // (N, H)
        });
    }

    private NDArray attend(NDArray query, NDArray key, NDArray value, @Nullable Prefix prefix, LayerContext c) {
        int heads = attention.heads();
        return prefix == null
                ? c.ops().attend(query, key, value, c.layout(), heads, c.attentionDropout())
                : c.ops()
                        .adapters()
                        .attend(
                                query,
                                key,
                                value,
                                prefix.keys(),
                                prefix.values(),
                                c.layout(),
                                heads,
                                c.attentionDropout());
    }

    /** The feed-forward part's output: in one operation, unless an adapter is in the way. */
    private NDArray fed(NDArray x, LayerAdapter a, LayerContext c) {
        LinearMap into = a.projection(Projection.INNER, LinearMap.of(inner));
        LinearMap out = a.projection(Projection.OUTER, LinearMap.of(outer));
        if (into.isPlain() && out.isPlain()) {
            return c.ops().feedForward(x, inner, outer, c.hiddenDropout());
        }
        return c.scoped(in -> {
            NDArray activated = in.ops().gelu(into.apply(x, in)); // (N, F)
            return in.ops().dropout(out.apply(activated, in), in.hiddenDropout()); // (N, H)
        });
    }
}
