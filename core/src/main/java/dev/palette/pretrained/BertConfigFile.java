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
    private static final String VOCABULARY = "vocab_size";
    private static final ObjectMapper json = new ObjectMapper();

    private final Path file;
    private final JsonNode root;

    private BertConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
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
        node.putArray("architectures").add("BertForMaskedLM");
        node.put("model_type", "bert");
        node.put("hidden_act", GELU);
        node.put("vocab_size", config.vocabularySize());
        node.put("hidden_size", config.hiddenSize());
        node.put("num_hidden_layers", config.layers());
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
        return node.toPrettyString() + "\n";
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
            return EncoderFamily.of(root.path("model_type").asText(EncoderFamily.BERT.modelType()));
        } catch (PaletteException e) {
            throw new PaletteException(
                    "%s: %s Other kinds of encoder are not computed here; choose one of these"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private BertConfig config() {
        EncoderFamily family = family();
        only("hidden_act", GELU);
        only("activation", GELU);
        only("position_embedding_type", "absolute");
        try {
            return switch (family) {
                case BERT -> likeBert(wholeNumber(POSITIONS), root.path(POOLER).asBoolean(true));
                case ELECTRA -> likeBert(wholeNumber(POSITIONS), false);
                case ROBERTA, XLM_ROBERTA -> roberta();
                case DISTILBERT -> distilBert();
            };
        } catch (PaletteException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains(file.toString()) ? e : new PaletteException("%s: %s".formatted(file, message), e);
        }
    }

    private BertConfig likeBert(int positions, boolean pooler) {
        return new BertConfig(
                wholeNumber(VOCABULARY),
                wholeNumber("hidden_size"),
                wholeNumber("num_hidden_layers"),
                wholeNumber("num_attention_heads"),
                wholeNumber("intermediate_size"),
                positions,
                wholeNumber("type_vocab_size"),
                number("hidden_dropout_prob", 0.1),
                number("attention_probs_dropout_prob", 0.1),
                number("layer_norm_eps", 1e-12),
                root.has("embedding_size") ? wholeNumber("embedding_size") : wholeNumber("hidden_size"),
                pooler);
    }

    private BertConfig roberta() {
        only("pad_token_id", "1"); // from which its positions count
        return likeBert(wholeNumber(POSITIONS) - BertTensors.ROBERTA_PADDING, true);
    }

    private BertConfig distilBert() {
        return new BertConfig(
                wholeNumber(VOCABULARY),
                wholeNumber("dim"),
                wholeNumber("n_layers"),
                wholeNumber("n_heads"),
                wholeNumber("hidden_dim"),
                wholeNumber(POSITIONS),
                0,
                number("dropout", 0.1),
                number("attention_dropout", 0.1),
                1e-12,
                wholeNumber("dim"),
                false);
    }

    private void only(String key, String expected) {
        JsonNode node = root.get(key);
        if (node != null && !node.asText().equals(expected)) {
            throw new PaletteException(
                    "%s: %s is %s, expected \"%s\", the only one that is computed here; choose another encoder"
                            .formatted(file, key, node, expected));
        }
    }

    private int wholeNumber(String key) {
        JsonNode node = root.get(key);
        if (node == null) {
            throw new PaletteException("%s: %s is missing, expected a whole number".formatted(file, key));
        }
        if (!node.isInt()) {
            throw new PaletteException("%s: %s is %s, expected a whole number".formatted(file, key, node));
        }
        return node.intValue();
    }

    private double number(String key, double otherwise) {
        JsonNode node = root.get(key);
        if (node == null) {
            return otherwise; // older files leave out what has its usual value
        }
        if (!node.isNumber()) {
            throw new PaletteException("%s: %s is %s, expected a number".formatted(file, key, node));
        }
        return node.doubleValue();
    }
}
