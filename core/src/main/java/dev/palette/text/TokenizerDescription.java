package dev.palette.text;

import static java.util.Objects.requireNonNull;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * BERT's tokenizer in the {@code tokenizer.json} form that the Hugging Face library reads, assembled in memory: BERT encoders of
 * 2018 came with a {@code vocab.txt} alone.
 */
final class TokenizerDescription {
    /** Longer words (in code points) are [UNK]; the original's limit. */
    private static final int LONGEST_WORD = 100;

    /** Where the library says which it is. */
    private static final String PROPERTIES = "/native/lib/tokenizers.properties";

    private TokenizerDescription() {}

    /** The version of the library, native part and binding. */
    static String version() {
        Properties properties = new Properties();
        try (InputStream in = requireNonNull(HuggingFaceTokenizer.class.getResourceAsStream(PROPERTIES))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the tokenizer library does not say its version", e);
        }
        return requireNonNull(properties.getProperty("version"));
    }

    static HuggingFaceTokenizer open(Map<String, Integer> vocabulary, boolean lowerCase) {
        try {
            byte[] json = new ObjectMapper().writeValueAsBytes(of(vocabulary, lowerCase));
            // The library would otherwise cut sequences itself, and by another rule for pairs than the original's.
            Map<String, String> plain = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), plain);
        } catch (IOException e) {
            throw new UncheckedIOException("the tokenizer library rejects a description made in memory", e);
        }
    }

    private static Map<String, Object> of(Map<String, Integer> vocabulary, boolean lowerCase) {
        Map<String, Object> normalizer = Map.of(
                "type",
                "BertNormalizer",
                "clean_text",
                true,
                "handle_chinese_chars",
                false,
                "strip_accents",
                lowerCase,
                "lowercase",
                lowerCase);
        Map<String, Object> model = Map.of(
                "type",
                "WordPiece",
                "unk_token",
                SpecialTokens.UNKNOWN,
                "continuing_subword_prefix",
                "##",
                "max_input_chars_per_word",
                LONGEST_WORD,
                "vocab",
                vocabulary);
        return Map.of(
                "version",
                "1.0",
                // None, not even the special ones: "[SEP]" within a text is five ordinary characters.
                "added_tokens",
                List.of(),
                "normalizer",
                normalizer,
                "pre_tokenizer",
                Map.of("type", "BertPreTokenizer"),
                "model",
                model);
    }
}
