package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.BertLayer;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.Embedding;
import dev.palette.kernel.LayerNorm;
import dev.palette.pretrained.BertConfig;
import java.util.function.Function;

/**
 * BERT's encoder: embeddings, then a stack of layers (Devlin et al. 2019). It knows the sites of {@link LayerAdapter}, not the
 * methods that use them.
 */
record BertEncoder(BertConfig config, BertParameters names, ParameterSource parameters) {

    /** Sum of the embeddings, normalised, with dropout: (N) → (N, H). */
    Stage embeddings() {
        Stage.Lookups p = new Stage.Lookups(parameters);
        String prefix = names.embeddings();
        Embedding embedding = new Embedding(
                p.get(prefix + "word_embeddings.weight"),
                p.get(prefix + "position_embeddings.weight"),
                p.get(prefix + "token_type_embeddings.weight"));
        LayerNorm norm = p.norm(prefix + "LayerNorm", config.layerNormEpsilon());
        return p.stage((ids, input, c) -> {
            NDArray sum = c.ops().embed(ids, input.types(), input.places(), embedding); // (N, H)
            return c.ops().dropout(c.ops().norm(sum, norm), c.hiddenDropout());
        });
    }

    /**
     * Layer i, from the one below: (N, H) → (N, H).
     *
     * @param adapter makes what joins it, of parameters that it looks up
     */
    Stage layer(int i, Function<ParameterSource, LayerAdapter> adapter) {
        Stage.Lookups p = new Stage.Lookups(parameters);
        BertLayer layer = BertLayer.of(config, names.layer(i), p);
        LayerAdapter joined = adapter.apply(p);
        return p.stage((h, input, c) -> layer.forward(h, joined, c));
    }
}
