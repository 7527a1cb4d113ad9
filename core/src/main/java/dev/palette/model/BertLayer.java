package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import dev.palette.kernel.SelfAttention;
import dev.palette.pretrained.BertConfig;

/**
 * One encoder layer: attention, then feed-forward, each added to its input and normalised (Devlin et al. 2019, §3; Vaswani et al.
 * 2017, §3.1).
 */
record BertLayer(
        SelfAttention attention,
        Linear attentionOutput,
        LayerNorm attentionNorm,
        Linear inner,
        Linear outer,
        LayerNorm outputNorm) {

    static BertLayer of(BertConfig config, int layer, ParameterSource p) {
        String prefix = BertParameters.layer(layer);
        String self = prefix + "attention.self.";
        return new BertLayer(
                new SelfAttention(
                        p.linear(self + "query"), p.linear(self + "key"), p.linear(self + "value"), config.heads()),
                p.linear(prefix + "attention.output.dense"),
                norm(config, prefix + "attention.output.LayerNorm", p),
                p.linear(prefix + "intermediate.dense"),
                p.linear(prefix + "output.dense"),
                norm(config, prefix + "output.LayerNorm", p));
    }

    static LayerNorm norm(BertConfig config, String prefix, ParameterSource p) {
        return new LayerNorm(p.get(prefix + ".weight"), p.get(prefix + ".bias"), config.layerNormEpsilon());
    }

    /** The layer's output for h (B, T, H), with what the adapter adds at each site. */
    NDArray forward(NDArray h, LayerAdapter adapter, LayerContext c) {
        NDArray attended = c.ops()
                .attention(
                        h, c.mask(), attention, attentionOutput, c.attentionDropout(), c.hiddenDropout()); // (B, T, H)
        NDArray x = c.ops().addNorm(adapter.afterAttention(attended, c), h, attentionNorm); // (B, T, H)
        NDArray fed = c.ops().feedForward(x, inner, outer, c.hiddenDropout()); // (B, T, H)
        NDArray sum = adapter.afterFeedForward(fed, x, c); // (B, T, H)
        NDArray parallel = adapter.parallel(h, c);
        NDArray residual = parallel == null ? x : c.ops().add(x, parallel); // (B, T, H)
        return adapter.output(c.ops().addNorm(sum, residual, outputNorm), c); // (B, T, H)
    }
}
