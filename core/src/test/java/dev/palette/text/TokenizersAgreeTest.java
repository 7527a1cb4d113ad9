package dev.palette.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and pairs become the ids that {@code transformers} makes of them: see {@code src/bench/golden/encoders.py}. */
class TokenizersAgreeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "roberta",
                "modernbert",
                "deberta",
                // of word pieces too, by the same library
                "bert_cased",
                "distilbert"
            })
    void tokenizerJson(String family) throws IOException {
        try (Tokenizer tokenizer = TokenizerFile.open(file(family, "tokenizer.json"))) {
            for (JsonNode expected : cases(family)) {
                agrees(tokenizer, expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"bert_cased, false", "minilm, true", "distilbert, true", "electra, true"})
    void wordPieces(String family, boolean lowerCase) throws IOException {
        int compared = 0;
        try (Tokenizer tokenizer = Tokenizer.of(file(family, "vocab.txt"), lowerCase)) {
            assertThat(tokenizer).isInstanceOf(WordPiece.class);
            for (JsonNode expected : cases(family)) {
                boolean isCutPair = expected.get("b").isTextual()
                        && expected.get("ids").size() == expected.get("length").asInt();
                if (!isCutPair) { // the original BERT code cuts pairs otherwise
                    agrees(tokenizer, expected);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(30);
    }

    @Test
    void longPairsLoseAtMostAPieceMoreOfOneTextThanByTheOriginalsRule() throws IOException {
        try (Tokenizer library = TokenizerFile.open(file("minilm", "tokenizer.json"));
                Tokenizer original = Tokenizer.of(file("minilm", "vocab.txt"), true)) {
            for (JsonNode expected : cases("minilm")) {
                if (expected.get("b").isTextual()) {
                    Features one = features(library, expected);
                    Features other = features(original, expected);
                    assertThat(other.length()).isEqualTo(one.length());
                    assertThat(Math.abs(other.firstLength() - one.firstLength()))
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void paddingIsTheTokenizersOwn() {
        try (Tokenizer roberta = TokenizerFile.open(file("roberta", "tokenizer.json"));
                Tokenizer deberta = TokenizerFile.open(file("deberta", "tokenizer.json"))) {
            assertThat(roberta.padding()).isEqualTo(1);
            assertThat(deberta.padding()).isZero();
        }
    }

    @Test
    void aFileThatDescribesNoTokenizerIsSaidToBeSo(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Runes\"}}");
        assertThatThrownBy(() -> TokenizerFile.open(broken))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(broken.toString())
                .hasMessageContaining("describes no tokenizer");
    }

    @Test
    void answersAreLookedForInWordPiecesAlone() {
        try (Tokenizer roberta = TokenizerFile.open(file("roberta", "tokenizer.json"))) {
            assertThatThrownBy(() -> WordPiece.required(roberta, "looking for answers"))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith("looking for answers needs")
                    .hasMessageContaining("vocab.txt");
        }
        assertThatThrownBy(() -> Vocabulary.read(file("roberta", "tokenizer.json"), false))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("is no vocab.txt");
    }

    private static void agrees(Tokenizer tokenizer, JsonNode expected) {
        Features found = features(tokenizer, expected);
        assertThat(found.inputIds()).as("%s", expected).isEqualTo(numbers(expected.get("ids")));
        int[] types = numbers(expected.get("types"));
        if (types.length > 0) { // else the encoder has no segments and never sees them
            assertThat(found.tokenTypes()).as("types of %s", expected).isEqualTo(types);
        }
    }

    private static Features features(Tokenizer tokenizer, JsonNode expected) {
        JsonNode second = expected.get("b");
        return tokenizer.features(
                expected.get("a").asText(),
                second.isNull() ? null : second.asText(),
                expected.get("length").asInt());
    }

    private static int[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static Iterable<JsonNode> cases(String family) throws IOException {
        return Golden.read(Golden.find("encoders/" + family + "/expected.json")).get("tokens");
    }

    private static Path file(String family, String name) {
        return Golden.find("encoders/" + family + "/" + name);
    }
}
