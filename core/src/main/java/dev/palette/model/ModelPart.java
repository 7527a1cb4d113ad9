package dev.palette.model;

import dev.palette.adapter.Declaration;
import java.util.function.BiPredicate;

/** Parts of a model that scripts speak of. A parameter may be in several: a norm's shift is a bias, too. */
public enum ModelPart {
    /** Word, position and segment embeddings, with their norm and the map from it to wider hidden states. */
    EMBEDDINGS((d, name) -> name.startsWith("bert.embeddings")),
    /** The attention sublayers of the pretrained layers, with their output projections and norms. */
    ATTENTION((d, name) -> name.contains(".attention.")),
    /** The feed-forward sublayers of the pretrained layers, with their norms. */
    FEED_FORWARD((d, name) -> name.contains(".layer.") && !name.contains(".attention.")),
    /** What makes one vector of a sequence, from its first position; where it was not pretrained, too. */
    POOLER((d, name) -> name.startsWith("bert.pooler.") || BertParameters.isNewPooler(d.name())),
    /** All that was pretrained. */
    ENCODER((d, name) -> !name.isEmpty()),
    /** Scale and shift of every layer norm, adapters' own too. */
    LAYER_NORMS((d, name) -> d.isLayerNorm()),
    /** Every bias, the shifts of layer norms among them. */
    BIASES((d, name) -> d.name().endsWith(".bias")),
    /** What adapters add. */
    ADAPTERS((d, name) -> name.isEmpty() && !MultiTaskModel.isHead(d.name()) && !BertParameters.isNewPooler(d.name())),
    /** Query, key and value of the small attention in PALs. */
    PAL_ATTENTION((d, name) -> d.role() == Declaration.Role.PAL_ATTENTION),
    /** The tasks' heads. */
    HEADS((d, name) -> MultiTaskModel.isHead(d.name()));

    private final BiPredicate<Declaration, String> test;

    /**
     * A part.
     *
     * @param test asks of a declaration and its name in the pretrained weights, empty where it has none there
     */
    ModelPart(BiPredicate<Declaration, String> test) {
        this.test = test;
    }

    /** Whether a parameter is in this part. */
    boolean contains(Declaration declaration) {
        String pretrained = BertParameters.pretrainedName(declaration.name());
        return test.test(declaration, pretrained == null ? "" : pretrained);
    }
}
