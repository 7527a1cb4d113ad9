package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;

/**
 * The sizes of a BERT encoder, as in its {@code config.json} (Devlin et al. 2019, §3).
 *
 * @param vocabularySize word pieces (V)
 * @param hiddenSize width of the residual stream (H)
 * @param layers encoder layers (L)
 * @param heads attention heads (A); divides the hidden size
 * @param intermediateSize width inside the feed-forward part (F)
 * @param positions longest sequence the position embeddings allow
 * @param tokenTypes kinds of segment, 2 in BERT; 0 where segments have no embeddings
 * @param hiddenDropout dropout after dense layers while training
 * @param attentionDropout dropout of attention probabilities while training
 * @param layerNormEpsilon added to the variance in every layer norm; 1e-12 in BERT
 * @param embeddingSize width of the embeddings; where it is not the hidden size, a linear map leads from the one to the other, as
 *     in ELECTRA
 * @param pooler whether the dense layer on the first position was pretrained, as in BERT; where it was not, it starts at random and
 *     is trained whatever is frozen
 * @param form how its layers are built
 */
public record BertConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int heads,
        int intermediateSize,
        int positions,
        int tokenTypes,
        double hiddenDropout,
        double attentionDropout,
        double layerNormEpsilon,
        int embeddingSize,
        boolean pooler,
        LayerForm form) {

    /** Checks the sizes. */
    public BertConfig {
        Range.atLeast("vocab_size", vocabularySize, 1);
        Range.atLeast("hidden_size", hiddenSize, 1);
        Range.atLeast("num_hidden_layers", layers, 1);
        Range.atLeast("num_attention_heads", heads, 1);
        Range.atLeast("intermediate_size", intermediateSize, 1);
        Range.atLeast("max_position_embeddings", positions, 1);
        Range.atLeast("type_vocab_size", tokenTypes, 0);
        Range.atLeast("embedding_size", embeddingSize, 1);
        if (hiddenSize % heads != 0) {
            throw new PaletteException(
                    "hidden_size %d is not a multiple of num_attention_heads %d: each head takes an equal share"
                            .formatted(hiddenSize, heads));
        }
        form.positions().requireHeads(hiddenSize / heads);
    }

    /** An encoder of BERT's layers, whose embeddings are as wide as its hidden states and whose pooler was pretrained. */
    public BertConfig(
            int vocabularySize,
            int hiddenSize,
            int layers,
            int heads,
            int intermediateSize,
            int positions,
            int tokenTypes,
            double hiddenDropout,
            double attentionDropout,
            double layerNormEpsilon) {
        this(
                vocabularySize,
                hiddenSize,
                layers,
                heads,
                intermediateSize,
                positions,
                tokenTypes,
                hiddenDropout,
                attentionDropout,
                layerNormEpsilon,
                hiddenSize,
                true,
                LayerForm.BERT);
    }

    /** Rows of the map into the feed-forward part: its inner width, and as much again for the gate where there is one. */
    public int innerRows() {
        return form.gated() ? 2 * intermediateSize : intermediateSize;
    }

    /** Whether a linear map leads from the embeddings to the hidden states. */
    public boolean projectsEmbeddings() {
        return embeddingSize != hiddenSize;
    }

    /** The same encoder with its first {@code n} layers only. */
    public BertConfig withLayers(int n) {
        if (n < 1 || n > layers) {
            throw new PaletteException(
                    "layers is %d, expected 1 to %d: the encoder has %d layers".formatted(n, layers, layers));
        }
        return with(n, pooler, form);
    }

    /** The same sizes with layers as BERT has them. */
    public BertConfig withBertsLayers() {
        return with(layers, pooler, LayerForm.BERT);
    }

    /** The same encoder with or without a pretrained pooler. */
    BertConfig withPooler(boolean pretrained) {
        return with(layers, pretrained, form);
    }

    private BertConfig with(int n, boolean pretrainedPooler, LayerForm layerForm) {
        return new BertConfig(
                vocabularySize,
                hiddenSize,
                n,
                heads,
                intermediateSize,
                positions,
                tokenTypes,
                hiddenDropout,
                attentionDropout,
                layerNormEpsilon,
                embeddingSize,
                pretrainedPooler,
                layerForm);
    }
}
