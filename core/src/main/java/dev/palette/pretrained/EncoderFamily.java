package dev.palette.pretrained;

import dev.palette.spec.NearestWord;
import dev.palette.tensor.BertNaming;
import dev.palette.tensor.BertTensors;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorFile;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family of encoders that compute what BERT computes, but for what {@link BertConfig} says, under names of their own. Read once and
 * kept under BERT's names as far as these go, they are one to all that follows: adapters join their layers at the same sites.
 */
enum EncoderFamily {
    /** Devlin et al. 2019; MiniLM (Wang et al. 2020) is a narrow one. */
    BERT("bert", null),
    /** Liu et al. 2019: positions from 2 on, one kind of segment, byte pairs. */
    ROBERTA("roberta", BertNaming.ROBERTA),
    /** Conneau et al. 2020: RoBERTa in a hundred languages, with unigrams. */
    XLM_ROBERTA("xlm-roberta", BertNaming.ROBERTA),
    /** Sanh et al. 2019: neither segments nor pooler. */
    DISTILBERT("distilbert", BertNaming.DISTILBERT),
    /** Clark et al. 2020, the discriminator: narrow embeddings, no pooler. */
    ELECTRA("electra", BertNaming.ELECTRA),
    /** Warner et al. 2024: layers of another form ({@link LayerForm}), no pooler, no segments, byte pairs. */
    MODERN_BERT("modernbert", BertNaming.MODERN_BERT),
    /** He et al. 2021 and 2023, versions 2 and 3: attention by how far pieces are apart, no pooler. */
    DEBERTA("deberta-v2", BertNaming.DEBERTA);

    private final String modelType;
    private final @Nullable BertNaming naming;

    EncoderFamily(String modelType, @Nullable BertNaming naming) {
        this.modelType = modelType;
        this.naming = naming;
    }

    /**
     * The family of a {@code model_type}.
     *
     * @throws dev.palette.spec.PaletteException when there is none; with the nearest
     */
    static EncoderFamily of(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst()
                .orElseThrow(() -> NearestWord.unknown("model_type", modelType, modelTypes()));
    }

    /** The family as which an encoder is written: BERT, unless its layers are of another form. */
    static EncoderFamily of(BertConfig config) {
        if (config.form().positions() instanceof Positions.Rotary) {
            return MODERN_BERT;
        }
        return config.form().positions() instanceof Positions.Relative ? DEBERTA : BERT;
    }

    private static List<String> modelTypes() {
        return Arrays.stream(values()).map(family -> family.modelType).toList();
    }

    String modelType() {
        return modelType;
    }

    /** Weights of this family, seen under BERT's names; closed with the file. */
    BertTensors tensors(TensorFile file) {
        return naming == null ? BertTensors.of(file) : BertTensors.of(file, naming);
    }

    /** Whether it is kept under its own names where others are to read it: its layers are of a form that BERT's names don't go with. */
    boolean keepsItsNames() {
        return this == MODERN_BERT || this == DEBERTA;
    }

    /** Weights as Hugging Face's library names them in this family, as which an encoder is written. */
    Collection<TensorData> named(Collection<TensorData> ours) {
        return naming == null ? ours : naming.theirs(ours);
    }

    /** The sizes as the weights have them: BERT always has its pooler, ModernBERT and DeBERTa none, of others each must be looked at. */
    BertConfig fitting(BertConfig config, BertTensors weights) {
        return this == BERT || keepsItsNames() ? config : config.withPooler(EncoderTensors.hasPooler(weights));
    }
}
