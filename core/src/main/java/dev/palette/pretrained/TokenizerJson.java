package dev.palette.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;

/**
 * A tokenizer in Hugging Face's form, of another kind than BERT's word pieces, which is kept as it is: its normalisation and special
 * tokens are its own.
 *
 * @param file where it was read
 * @param text the JSON
 * @param pieces ids that it gives: the highest and one more
 */
record TokenizerJson(Path file, String text, int pieces) implements EncoderVocabulary {
    private static final String WORD_PIECE = "WordPiece";

    /** Whether a file describes a tokenizer that is not of word pieces. */
    static boolean isOne(Path file) {
        if (BytePairs.isOne(file)) {
            return true;
        }
        return file.toString().endsWith(".json")
                && !BertConfigFile.tree(file)
                        .path("model")
                        .path("type")
                        .asText(WORD_PIECE)
                        .equals(WORD_PIECE);
    }

    static TokenizerJson read(Path file) {
        JsonNode root = BytePairs.isOne(file) ? BytePairs.tokenizer(file) : BertConfigFile.tree(file);
        int pieces = root.path("model").path("vocab").size();
        for (JsonNode token : root.path("added_tokens")) {
            pieces = Math.max(pieces, token.path("id").asInt() + 1);
        }
        return new TokenizerJson(file, root.toString() + "\n", pieces);
    }

    @Override
    public TokenizerJson fitting(BertConfig config) {
        if (pieces == 0 || pieces > config.vocabularySize()) {
            throw new PaletteException("%s has %d pieces, expected 1 to %d, the vocab_size of the configuration"
                    .formatted(file, pieces, config.vocabularySize()));
        }
        return this;
    }

    @Override
    public boolean ofLowerCase() {
        return false;
    }

    @Override
    public String keptAs() {
        return EncoderDirectory.TOKENIZER_JSON;
    }
}
