package dev.palette.task.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.task.Examples;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import dev.palette.task.Split;
import dev.palette.testing.Golden;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Windows, answers and scores are those of the original's {@code run_squad.py} and of SQuAD's own evaluation: of the test
 * resource, and of every {@code squad*.json} in the folder of the system property {@code palette.golden}.
 */
class OriginalSquadTest {
    @TempDir
    private static Path folder;

    private static WordPiece wordPiece;

    @BeforeAll
    static void open() {
        wordPiece = RealVocabulary.wordPiece(true);
    }

    @AfterAll
    static void close() {
        wordPiece.close();
    }

    @TestFactory
    Stream<DynamicContainer> everyFile() throws IOException {
        List<DynamicContainer> files = new ArrayList<>();
        files.add(tests("squad.json.gz", Golden.read("squad.json.gz")));
        String more = System.getProperty("palette.golden");
        if (more != null) {
            try (Stream<Path> found = Files.list(Path.of(more))) {
                for (Path file : found.filter(f -> f.getFileName().toString().matches("squad.*\\.json"))
                        .toList()) {
                    files.add(tests(file.toString(), new ObjectMapper().readTree(file.toFile())));
                }
            }
        }
        return files.stream();
    }

    private static DynamicContainer tests(String name, JsonNode golden) throws IOException {
        Path data = Files.createTempDirectory(folder, "squad");
        Files.writeString(data.resolve("train-v1.1.json"), golden.get("train").toString());
        Files.writeString(data.resolve("dev-v1.1.json"), golden.get("dev").toString());
        Stream<DynamicContainer> cases = stream(golden.get("cases")).map(c -> testsOfCase(c, data));
        Stream<DynamicTest> agreement = stream(golden.path("agreement")).map(OriginalSquadTest::agreement);
        return DynamicContainer.dynamicContainer(name, Stream.concat(cases, agreement));
    }

    private static DynamicContainer testsOfCase(JsonNode c, Path data) {
        Squad task = Squad.of(o -> o.docStride(c.get("doc_stride").asInt())
                .maxQueryLength(c.get("max_query_length").asInt())
                .nBest(c.get("n_best_size").asInt())
                .maxAnswerLength(c.get("max_answer_length").asInt())
                .windowsByWords(true));
        int maxLength = c.get("max_seq_length").asInt();
        return DynamicContainer.dynamicContainer(
                "length " + maxLength,
                Stream.of(
                        DynamicTest.dynamicTest(
                                "windows to train on",
                                () -> windowsToTrain(c, task.read(Split.TRAIN, data), maxLength)),
                        DynamicTest.dynamicTest(
                                "windows to predict", () -> windowsToPredict(c, dev(task, data, maxLength))),
                        DynamicTest.dynamicTest("answers", () -> answers(c, dev(task, data, maxLength)))));
    }

    private static SpanDataset dev(Squad task, Path data, int maxLength) {
        return (SpanDataset) task.read(Split.DEV, data).encode(wordPiece, maxLength);
    }

    private static void windowsToTrain(JsonNode c, Examples examples, int maxLength) {
        Questions questions = (Questions) examples;
        assertThat(questions.list().stream().map(Question::id).toList()).isEqualTo(texts(c.get("train_examples")));
        List<Window> windows = ((SpanDataset) questions.encodeToTrain(wordPiece, maxLength)).windows();
        assertThat(windows).hasSameSizeAs(c.get("train"));
        for (int i = 0; i < windows.size(); i++) {
            JsonNode expected = c.get("train").get(i);
            Window window = windows.get(i);
            String id = questions.list().get(window.question()).id();
            assertThat(id).isEqualTo(expected.get("id").asText());
            assertThat(window.sequence().inputIds()).as(id).isEqualTo(ints(expected.get("input_ids")));
            assertThat(window.answer())
                    .as(id)
                    .isEqualTo(new Run(
                            expected.get("start").asInt(), expected.get("end").asInt()));
        }
    }

    private static void windowsToPredict(JsonNode c, SpanDataset dev) {
        assertThat(dev.windows()).hasSameSizeAs(c.get("predict"));
        for (int i = 0; i < dev.windows().size(); i++) {
            JsonNode expected = c.get("predict").get(i);
            Window window = dev.windows().get(i);
            assertThat(window.sequence().inputIds()).isEqualTo(ints(expected.get("input_ids")));
            assertThat(IntStream.of(window.sequence().tokenTypes()).sum())
                    .isEqualTo(expected.get("segments").asInt());
            assertThat(window.words()).isEqualTo(ints(expected.get("words")));
            int[] most = new int[window.words().length];
            for (int j = 0; j < most.length; j++) {
                most[j] = window.mostContext()[j] ? 1 : 0;
            }
            assertThat(most).isEqualTo(ints(expected.get("max_context")));
        }
    }

    private static void answers(JsonNode c, SpanDataset dev) throws IOException {
        Outputs outputs = new Outputs(IntStream.range(0, dev.size())
                .mapToObj(window -> logits(window, dev.lengths()[window]))
                .toList());
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(dev.predictions(outputs).get(".json"))).isEqualTo(c.get("predictions"));
        JsonNode nBest = json.readTree(dev.predictions(outputs).get("-nbest.json"));
        c.get("nbest").fields().forEachRemaining(expected -> {
            JsonNode found = nBest.get(expected.getKey());
            assertThat(found).as(expected.getKey()).hasSameSizeAs(expected.getValue());
            for (int i = 0; i < found.size(); i++) {
                JsonNode candidate = expected.getValue().get(i);
                assertThat(found.get(i).get("text")).isEqualTo(candidate.get(0));
                assertThat(found.get(i).get("probability").asDouble())
                        .isCloseTo(candidate.get(1).asDouble(), within(1e-12));
                assertThat(found.get(i).get("start_logit")).isEqualTo(candidate.get(2));
                assertThat(found.get(i).get("end_logit")).isEqualTo(candidate.get(3));
            }
        });
        Scores scores = dev.scores(outputs);
        assertThat(scores.values().get(AnswerMetric.EXACT_MATCH))
                .isCloseTo(c.get("exact_match").asDouble(), within(1e-12));
        assertThat(scores.values().get(AnswerMetric.F1)).isCloseTo(c.get("f1").asDouble(), within(1e-12));
    }

    /** The formula by which the file was made; in the binary system every value is exact. */
    private static float[] logits(int window, int length) {
        float[] values = new float[2 * length];
        for (int p = 0; p < length; p++) {
            for (int column = 0; column < 2; column++) {
                long hash = window * 7_919L + p * 104_729L + column * 1_299_709L + p * p * 31L;
                values[2 * p + column] = hash % 1024 / 128f - 4;
            }
        }
        return values;
    }

    private static DynamicTest agreement(JsonNode pair) {
        return DynamicTest.dynamicTest("score of " + pair, () -> {
            String predicted = pair.get(0).asText();
            List<String> truths = texts(pair.get(1));
            assertThat(AnswerMetric.EXACT_MATCH.of(predicted, truths))
                    .isEqualTo(pair.get(2).asDouble());
            assertThat(AnswerMetric.F1.of(predicted, truths))
                    .isCloseTo(pair.get(3).asDouble(), within(1e-12));
        });
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }

    private static int[] ints(JsonNode list) {
        return stream(list).mapToInt(JsonNode::asInt).toArray();
    }
}
