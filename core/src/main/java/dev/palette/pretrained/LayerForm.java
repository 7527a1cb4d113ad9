package dev.palette.pretrained;

/**
 * What tells the layers of some families from BERT's.
 *
 * @param positions how positions enter
 * @param normsFirst whether norms stand before the sublayers, and one after the last layer, instead of one after each sum (Xiong et
 *     al. 2020)
 * @param gated whether the feed-forward part's inner values are multiplied by a second half of them (GeGLU; Shazeer 2020)
 * @param biases whether linear maps have biases and norms have shifts
 */
public record LayerForm(Positions positions, boolean normsFirst, boolean gated, boolean biases) {
    /** BERT's layers (Devlin et al. 2019, §3). */
    public static final LayerForm BERT = new LayerForm(new Positions.Table(), false, false, true);

    /** Where a layer's norm at the attention stands: after the sum, or before the projections. */
    public String attentionNorm() {
        return normsFirst ? "attention.LayerNorm" : "attention.output.LayerNorm";
    }

    /** Where a layer's norm at the feed-forward part stands. */
    public String feedForwardNorm() {
        return normsFirst ? "intermediate.LayerNorm" : "output.LayerNorm";
    }

    /** Whether a layer has a norm at its attention: where norms stand first, the embeddings' norm serves the first layer. */
    public boolean hasAttentionNorm(int layer) {
        return !normsFirst || layer > 0;
    }

    /** ModernBERT's layers (Warner et al. 2024, §2.1). */
    static LayerForm modernBert(Positions.Rotary positions) {
        return new LayerForm(positions, true, true, false);
    }

    /** DeBERTa's layers: BERT's, but for the positions (He et al. 2021, §3). */
    static LayerForm deberta(Positions.Relative positions) {
        return new LayerForm(positions, false, false, true);
    }
}
