package dev.palette.pretrained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.BertTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** {@link BertConfig} as Hugging Face's {@code config.json}. Members that say nothing of the encoder's sizes are passed over. */
public final class BertConfigFile {
    private static final String GELU = "gelu";
    private static final String POOLER = "pooler";
    private static final String POSITIONS = "max_position_embeddings";
    private static final String LAYERS = "num_hidden_layers";
    private static final String VOCABULARY = "vocab_size";
    private static final ObjectMapper json = new ObjectMapper();

    private final Path file;
    private final ConfigMembers members;

    private BertConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.members = new ConfigMembers(file, root);
    }

    /**
     * Reads a configuration.
     *
     * @throws PaletteException when the file is missing or no JSON, a member is missing or of a wrong type, or the encoder is of
     *     a kind that Palette does not compute (another activation than GELU, a model type of no {@link EncoderFamily})
     */
    static BertConfig read(Path file) {
        return of(file, tree(file));
    }

    /**
     * The configuration that a JSON object holds.
     *
     * @param file where it stands, for messages
     * @throws PaletteException as {@link #read} does
     */
    public static BertConfig of(Path file, JsonNode root) {
        return new BertConfigFile(file, root).config();
    }

    /** The text of a {@code config.json}. */
    static String write(BertConfig config) {
        ObjectNode node = json.createObjectNode();
        if (config.form().positions() instanceof Positions.Rotary rotary) {
            ModernBertFile.write(config, rotary, node);
        } else if (config.form().positions() instanceof Positions.Relative relative) {
            DebertaFile.write(config, relative, node);
        } else {
            writeLikeBert(config, node);
        }
        return node.toPrettyString() + "\n";
    }

    /**
     * The text of a {@code config.json} for encoders of a family whose layers are no BERT's: that of the file that it was read from,
     * with all that others' programs read in it, and as many layers as are kept.
     */
    static String write(BertConfig config, Path source) {
        ObjectNode node = (ObjectNode) tree(source);
        return node.put(LAYERS, config.layers()).toPrettyString() + "\n";
    }

    private static void writeLikeBert(BertConfig config, ObjectNode node) {
        node.putArray("architectures").add("BertForMaskedLM");
        node.put("model_type", "bert");
        node.put("hidden_act", GELU);
        node.put("vocab_size", config.vocabularySize());
        node.put("hidden_size", config.hiddenSize());
        node.put(LAYERS, config.layers());
        node.put("num_attention_heads", config.heads());
        node.put("intermediate_size", config.intermediateSize());
        node.put("max_position_embeddings", config.positions());
        node.put("type_vocab_size", config.tokenTypes());
        node.put("hidden_dropout_prob", config.hiddenDropout());
        node.put("attention_probs_dropout_prob", config.attentionDropout());
        node.put("layer_norm_eps", config.layerNormEpsilon());
        if (config.projectsEmbeddings()) {
            node.put("embedding_size", config.embeddingSize());
        }
        if (!config.pooler()) {
            node.put(POOLER, false);
        }
    }

    /** A JSON object from a file. */
    public static JsonNode tree(Path file) {
        try {
            JsonNode root = json.readTree(Files.readAllBytes(file));
            if (root == null || !root.isObject()) {
                throw new PaletteException("%s holds no JSON object, expected one".formatted(file));
            }
            return root;
        } catch (NoSuchFileException e) {
            throw new PaletteException(
                    "%s does not exist; an encoder's directory needs %s".formatted(file, EncoderDirectory.LAYOUT), e);
        } catch (JsonProcessingException e) {
            throw new PaletteException("%s is no valid JSON: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /**
     * The family of the encoder that a file describes.
     *
     * @throws PaletteException when it is none that is computed here
     */
    static EncoderFamily family(Path file) {
        return new BertConfigFile(file, tree(file)).family();
    }

    private EncoderFamily family() {
        try {
            return EncoderFamily.of(members.root().path("model_type").asText(EncoderFamily.BERT.modelType()));
        } catch (PaletteException e) {
            throw new PaletteException(
                    "%s: %s Other kinds of encoder are not computed here; choose one of these"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private BertConfig config() {
        EncoderFamily family = family();
        members.only("hidden_act", GELU);
        members.only("activation", GELU);
        members.only("position_embedding_type", "absolute");
        try {
            return switch (family) {
                case BERT ->
                    likeBert(
                            members.wholeNumber(POSITIONS),
                            members.root().path(POOLER).asBoolean(true));
                case ELECTRA -> likeBert(members.wholeNumber(POSITIONS), false);
                case ROBERTA, XLM_ROBERTA -> roberta();
                case DISTILBERT -> distilBert();
                case MODERN_BERT -> ModernBertFile.read(members);
                case DEBERTA -> DebertaFile.read(members);
            };
        } catch (PaletteException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains(file.toString()) ? e : new PaletteException("%s: %s".formatted(file, message), e);
        }
    }

    private BertConfig likeBert(int positions, boolean pooler) {
        return new BertConfig(
                members.wholeNumber(VOCABULARY),
                members.wholeNumber("hidden_size"),
                members.wholeNumber(LAYERS),
                members.wholeNumber("num_attention_heads"),
                members.wholeNumber("intermediate_size"),
                positions,
                members.wholeNumber("type_vocab_size"),
                members.number("hidden_dropout_prob", 0.1),
                members.number("attention_probs_dropout_prob", 0.1),
                members.number("layer_norm_eps", 1e-12),
                members.has("embedding_size")
                        ? members.wholeNumber("embedding_size")
                        : members.wholeNumber("hidden_size"),
                pooler,
                LayerForm.BERT);
    }

    private BertConfig roberta() {
        members.only("pad_token_id", "1"); // from which its positions count
        return likeBert(members.wholeNumber(POSITIONS) - BertTensors.ROBERTA_PADDING, true);
    }

    private BertConfig distilBert() {
        return new BertConfig(
                members.wholeNumber(VOCABULARY),
                members.wholeNumber("dim"),
                members.wholeNumber("n_layers"),
                members.wholeNumber("n_heads"),
                members.wholeNumber("hidden_dim"),
                members.wholeNumber(POSITIONS),
                0,
                members.number("dropout", 0.1),
                members.number("attention_dropout", 0.1),
                1e-12,
                members.wholeNumber("dim"),
                false,
                LayerForm.BERT);
    }
}
