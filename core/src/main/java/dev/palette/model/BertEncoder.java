package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.BertLayer;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.Embedding;
import dev.palette.kernel.LayerNorm;
import dev.palette.pretrained.BertConfig;
import java.util.List;
import java.util.stream.IntStream;

/**
 * BERT's encoder: embeddings, then a stack of layers (Devlin et al. 2019). It knows the sites of {@link LayerAdapter}, not the
 * methods that use them.
 */
final class BertEncoder {
    private final Embedding embedding;
    private final LayerNorm embeddingNorm;
    private final List<BertLayer> layers;

    BertEncoder(BertConfig config, BertParameters names, ParameterSource p) {
        String prefix = names.embeddings();
        embedding = new Embedding(
                p.get(prefix + "word_embeddings.weight"),
                p.get(prefix + "position_embeddings.weight"),
                p.get(prefix + "token_type_embeddings.weight"));
        embeddingNorm = p.norm(prefix + "LayerNorm", config.layerNormEpsilon());
        layers = IntStream.range(0, config.layers())
                .mapToObj(i -> BertLayer.of(config, names.layer(i), p))
                .toList();
    }

    /** Sum of the embeddings, normalised, with dropout: (B, T, H). */
    NDArray embed(ModelInput input, LayerContext c) {
        return c.ops().scoped(ops -> {
            NDArray sum = ops.embed(input.ids(), input.types(), embedding); // (B, T, H)
            return ops.dropout(ops.norm(sum, embeddingNorm), c.hiddenDropout());
        });
    }

    /** Output of layer i for the output of the one below: (B, T, H) → (B, T, H). */
    NDArray layer(int i, NDArray h, LayerAdapter adapter, LayerContext c) {
        return c.ops().scoped(ops -> layers.get(i).forward(h, adapter, c.with(ops)));
    }

    /** Output of the last layer, (B, T, H), with one adapter a layer. */
    NDArray forward(ModelInput input, List<LayerAdapter> adapters, LayerContext c) {
        NDArray h = embed(input, c);
        for (int i = 0; i < layers.size(); i++) {
            NDArray below = h;
            h = layer(i, below, adapters.get(i), c);
            below.close(); // only the handle: what autograd needs of it stays in its graph
        }
        return h;
    }
}
