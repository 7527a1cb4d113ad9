package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.BertLayer;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.ParameterSource;
import dev.palette.adapter.Places;
import dev.palette.adapter.Prompt;
import dev.palette.kernel.Embedding;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.Positions;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * BERT's encoder: embeddings, then a stack of layers (Devlin et al. 2019). It knows the sites of {@link LayerAdapter}, not the
 * methods that use them.
 *
 * @param own which parameter a task has in place of one of the pretrained
 */
record BertEncoder(BertConfig config, BertParameters names, UnaryOperator<String> own, ParameterSource parameters) {

    /**
     * Sum of the embeddings, normalised, with dropout, and before those of each sequence its prompt: (N) → (N, H).
     *
     * @param prompt makes it of parameters that it looks up, or gives null for none
     */
    Stage embeddings(Function<ParameterSource, @Nullable Prompt> prompt) {
        Stage.Lookups p = new Stage.Lookups(parameters);
        Prompt before = prompt.apply(p);
        ParameterSource ofTask = ofTask(p);
        String prefix = names.embeddings();
        Embedding embedding = new Embedding(
                ofTask.get(prefix + "word_embeddings.weight"),
                config.form().positions() instanceof Positions.Table
                        ? ofTask.get(prefix + "position_embeddings.weight")
                        : null,
                config.tokenTypes() == 0 ? null : ofTask.get(prefix + "token_type_embeddings.weight"));
        LayerNorm norm = ofTask.norm(prefix + "LayerNorm", config.layerNormEpsilon());
        Linear projection = config.projectsEmbeddings() ? ofTask.linear(names.projection()) : null;
        return p.stage((ids, input, c) -> {
            NDArray sum = c.ops().embed(ids, input.types(), input.places(), embedding); // (N, E)
            NDArray normal = c.ops().dropout(c.ops().norm(sum, norm), c.hiddenDropout()); // (N, E)
            NDArray pieces = projection == null ? normal : c.ops().linear(normal, projection); // (N, H)
            return before == null
                    ? pieces
                    : input.withPrompt(pieces, before.vectors().in(c), c.ops());
        });
    }

    /**
     * Layer i, from the one below: (N, H) → (N, H); the last one with the norm that follows it, where norms stand first.
     *
     * @param adapter makes what joins it, of parameters that it looks up
     */
    Stage layer(int i, Function<ParameterSource, LayerAdapter> adapter) {
        Stage.Lookups p = new Stage.Lookups(parameters);
        BertLayer layer = BertLayer.of(
                config, i, names.layer(i), Places.of(config, i, names.distances(), p.under(own)), p.under(own));
        LayerAdapter joined = adapter.apply(p);
        boolean normed = config.form().normsFirst() && i == config.layers() - 1;
        LayerNorm last = normed ? ofTask(p).norm(names.lastNorm(), config.layerNormEpsilon()) : null;
        return p.stage((h, input, c) -> {
            NDArray made = layer.forward(h, joined, c); // (N, H)
            return last == null ? made : c.ops().norm(made, last);
        });
    }

    private ParameterSource ofTask(ParameterSource p) {
        ParameterSource ofTask = p.under(own);
        return config.form().biases() ? ofTask : ofTask.unbiased();
    }
}
