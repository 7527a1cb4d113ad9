package dev.palette.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A vocabulary: its word pieces by id, from {@code vocab.txt} or out of Hugging Face's {@code tokenizer.json}.
 *
 * @param file where it was read
 * @param pieces the piece of each id
 * @param lowerCase what the file says of lower-casing; empty when it is silent, as a {@code vocab.txt} is
 */
record WordPieces(Path file, List<String> pieces, Optional<Boolean> lowerCase) implements EncoderVocabulary {
    private static final String JSON = ".json";

    /**
     * Reads a vocabulary.
     *
     * @throws PaletteException when it is missing, no UTF-8, or a tokenizer of another kind than WordPiece
     */
    static WordPieces read(Path file) {
        if (file.toString().endsWith(JSON)) {
            return ofTokenizer(file, BertConfigFile.tree(file));
        }
        try {
            return new WordPieces(file, Files.readAllLines(file, StandardCharsets.UTF_8), Optional.empty());
        } catch (NoSuchFileException e) {
            throw new PaletteException(
                    "%s does not exist, expected a vocabulary, one word piece a line".formatted(file), e);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    @Override
    public WordPieces fitting(BertConfig config) {
        if (pieces.isEmpty() || pieces.size() > config.vocabularySize()) {
            throw new PaletteException("%s has %d word pieces, expected 1 to %d, the vocab_size of the configuration"
                    .formatted(file, pieces.size(), config.vocabularySize()));
        }
        return this;
    }

    /**
     * Whether text is to be lower-cased: as the file says, else as its pieces show. A vocabulary of lower-cased text has no
     * upper-case letter of the Latin alphabet but in such as {@code [CLS]}.
     */
    @Override
    public boolean ofLowerCase() {
        return lowerCase.orElseGet(
                () -> pieces.stream().filter(piece -> !piece.startsWith("[")).noneMatch(WordPieces::hasUpperCase));
    }

    @Override
    public String keptAs() {
        return EncoderDirectory.VOCABULARY;
    }

    @Override
    public String text() {
        return String.join("\n", pieces) + "\n";
    }

    private static boolean hasUpperCase(String piece) {
        return piece.chars().anyMatch(letter -> letter >= 'A' && letter <= 'Z');
    }

    private static WordPieces ofTokenizer(Path file, JsonNode root) {
        JsonNode model = root.path("model");
        if (!model.path("type").asText("WordPiece").equals("WordPiece")
                || !model.path("vocab").isObject()) {
            throw new PaletteException(
                    "%s: model is of type %s, expected WordPiece with a vocab; choose an encoder of BERT's kind"
                            .formatted(file, model.path("type")));
        }
        List<String> pieces =
                new ArrayList<>(Collections.nCopies(model.path("vocab").size(), ""));
        for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
            int id = piece.getValue().asInt(-1);
            if (id < 0 || id >= pieces.size() || !pieces.set(id, piece.getKey()).isEmpty()) {
                throw new PaletteException("%s: word piece '%s' has the id %s, expected each of 0 to %d once"
                        .formatted(file, piece.getKey(), piece.getValue(), pieces.size() - 1));
            }
        }
        JsonNode lower = root.path("normalizer").path("lowercase");
        return new WordPieces(file, pieces, lower.isBoolean() ? Optional.of(lower.booleanValue()) : Optional.empty());
    }
}
