package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The conventions by which files name BERT's weights. */
public enum BertNaming {
    /** Google's TensorFlow code: {@code bert/encoder/layer_0/output/LayerNorm/gamma}; kernels are [in, out]. */
    TENSORFLOW("Google's names", "^(?:module/)?bert/embeddings/word_embeddings$"),
    /** The first translation to PyTorch and the code of BERT and PALs: {@code bert.encoder.layer.0.output.LayerNorm.gamma}. */
    ORIGINAL("the original's names", "^(?:module\\.)?(?:bert\\.)?embeddings\\.LayerNorm\\.gamma$"),
    /** Hugging Face's library since: {@code bert.encoder.layer.0.output.LayerNorm.weight}. Palette's own too. */
    HUGGING_FACE("Hugging Face's names", "^(?:module\\.)?(?:bert\\.)?embeddings\\.LayerNorm\\.weight$"),
    /** RoBERTa's and XLM-RoBERTa's: BERT's after {@code roberta.}; two rows of the table of positions stand for padding. */
    ROBERTA("RoBERTa's names", "^roberta\\.embeddings\\.LayerNorm\\.weight$"),
    /** DistilBERT's: {@code distilbert.transformer.layer.0.attention.q_lin.weight}. */
    DISTILBERT("DistilBERT's names", "^(?:distilbert\\.)?transformer\\.layer\\.0\\.attention\\.q_lin\\.weight$"),
    /** ELECTRA's: BERT's after {@code electra.}, and {@code embeddings_project}. */
    ELECTRA("ELECTRA's names", "^electra\\.embeddings\\.LayerNorm\\.weight$"),
    /** ModernBERT's: {@code model.layers.0.attn.Wqkv.weight}, which is three of BERT's. */
    MODERN_BERT("ModernBERT's names", "^(?:module\\.)?(?:model\\.)?embeddings\\.tok_embeddings\\.weight$"),
    /** DeBERTa's, versions 2 and 3: {@code deberta.encoder.layer.0.attention.self.query_proj.weight}. */
    DEBERTA("DeBERTa's names", "^(?:module\\.)?(?:deberta\\.)?encoder\\.rel_embeddings\\.weight$");

    private static final String PREFIX = "bert.";
    private static final String POSITIONS = "bert.embeddings.position_embeddings.weight";
    private static final int SHOWN = 5;
    /** DistilBERT's embeddings alone look like BERT's. */
    private static final List<BertNaming> BY_SIGN =
            List.of(TENSORFLOW, DISTILBERT, ROBERTA, ELECTRA, MODERN_BERT, DEBERTA, ORIGINAL, HUGGING_FACE);

    private final String label;
    private final Pattern sign;

    BertNaming(String label, String sign) {
        this.label = label;
        this.sign = Pattern.compile(sign);
    }

    /** What a person calls it. */
    public String label() {
        return label;
    }

    /**
     * The naming of a file's tensors, by those of its embeddings.
     *
     * @throws PaletteException when none fits; lists the first names found
     */
    public static BertNaming of(TensorFile file) {
        List<String> names = file.entries().stream().map(TensorEntry::name).toList();
        for (BertNaming naming : BY_SIGN) {
            if (names.stream().anyMatch(name -> naming.sign.matcher(name).matches())) {
                return naming;
            }
        }
        throw new PaletteException(
                ("%s (%s, %d tensors) fits no known naming of BERT's weights: its first are %s; expected such as"
                                + " bert/embeddings/word_embeddings, bert.embeddings.LayerNorm.gamma or"
                                + " bert.embeddings.LayerNorm.weight")
                        .formatted(
                                file.path(),
                                file.format(),
                                names.size(),
                                names.isEmpty()
                                        ? "none"
                                        : names.stream().limit(SHOWN).collect(Collectors.joining("', '", "'", "'"))));
    }

    /** The name that a tensor of this naming has here; of one that is several here, the first's. */
    String ours(String name) {
        return switch (this) {
            case TENSORFLOW -> BertNames.fromTensorFlow(name).orElse(name);
            case ORIGINAL, HUGGING_FACE -> BertNames.fromPyTorch(name);
            case ROBERTA -> BertNames.fromPyTorch(name.replaceFirst("^roberta\\.", PREFIX));
            case ELECTRA -> BertNames.fromPyTorch(name.replaceFirst("^electra\\.", PREFIX));
            case DISTILBERT -> DistilBertNames.ours(name);
            case DEBERTA -> DebertaNames.ours(name);
            case MODERN_BERT ->
                ModernBertNames.ours(new TensorEntry(name, ElementType.F32, List.of()))
                        .get(0)
                        .name();
        };
    }

    /** What a stored tensor is here: one of ours, without what stands for padding, or several. */
    List<TensorPart> parts(TensorEntry entry) {
        if (this == MODERN_BERT) {
            return ModernBertNames.ours(entry);
        }
        String name = ours(entry.name());
        // RoBERTa counts positions from 2 on: row 0 of its table is never read, and row 1 for padding alone
        int padding = this == ROBERTA && name.equals(POSITIONS) ? BertTensors.ROBERTA_PADDING : 0;
        return List.of(TensorPart.from(entry, name, padding));
    }

    /**
     * Tensors as this naming has them in a file.
     *
     * @param ours under our names
     */
    public Collection<TensorData> theirs(Collection<TensorData> ours) {
        if (this == MODERN_BERT) {
            return ModernBertNames.theirs(ours);
        }
        if (this == DEBERTA) {
            return DebertaNames.theirs(ours);
        }
        throw new UnsupportedOperationException("encoders are not written under " + label);
    }
}
