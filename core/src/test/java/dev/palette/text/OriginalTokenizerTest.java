package dev.palette.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Ids and features are the original BERT code's, case by case. */
class OriginalTokenizerTest {
    private static final List<JsonNode> GOLDEN = new ArrayList<>();
    private static WordPiece uncased;
    private static WordPiece cased;

    @BeforeAll
    static void read() throws IOException {
        for (Path file : Golden.files("tokenization")) {
            GOLDEN.add(Golden.read(file));
        }
        uncased = RealVocabulary.wordPiece(true);
        cased = RealVocabulary.wordPiece(false);
    }

    @AfterAll
    static void close() {
        uncased.close();
        cased.close();
    }

    @TestFactory
    Stream<DynamicTest> idsOfLowerCasedTexts() {
        return cases("do_lower_case_true").map(c -> ids(uncased, c));
    }

    @TestFactory
    Stream<DynamicTest> idsOfTextsWithTheirCase() {
        return cases("do_lower_case_false").map(c -> ids(cased, c));
    }

    @TestFactory
    Stream<DynamicTest> featuresOfTextsAndPairs() {
        return cases("features")
                .map(c -> DynamicTest.dynamicTest(c.get("text_a") + " + " + c.get("text_b"), () -> {
                    String textB =
                            c.get("text_b").isNull() ? null : c.get("text_b").asText();
                    int maxLength = c.get("max_seq_length").asInt();
                    Features features = Features.of(uncased, c.get("text_a").asText(), textB, maxLength);
                    assertThat(features.length())
                            .isEqualTo(Arrays.stream(ints(c.get("input_mask"))).sum());
                    assertThat(Arrays.copyOf(features.inputIds(), maxLength)).isEqualTo(ints(c.get("input_ids")));
                    assertThat(Arrays.copyOf(features.tokenTypes(), maxLength)).isEqualTo(ints(c.get("segment_ids")));
                }));
    }

    private static DynamicTest ids(WordPiece wordPiece, JsonNode c) {
        return DynamicTest.dynamicTest(
                c.path("group").asText("case") + ": " + c.get("text"),
                () -> assertThat(wordPiece.ids(c.get("text").asText())).isEqualTo(ints(c.get("ids"))));
    }

    private static Stream<JsonNode> cases(String name) {
        return GOLDEN.stream()
                .flatMap(golden -> StreamSupport.stream(golden.path(name).spliterator(), false));
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
