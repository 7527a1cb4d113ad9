package dev.palette.task.superglue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.spec.PaletteException;
import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetArrays;
import dev.palette.task.Example;
import dev.palette.task.Head;
import dev.palette.task.LabelMetric;
import dev.palette.task.LabelledChoices;
import dev.palette.task.LabelledTexts;
import dev.palette.task.Outputs;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.task.squad.AnswerMetric;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SuperGlueTaskTest {
    @TempDir
    private Path data;

    @BeforeEach
    void files() throws IOException {
        SuperGlueFiles.write(data, 1);
    }

    @Test
    void thereAreEight() {
        assertThat(SuperGlueTasks.eight())
                .extracting(Task::word)
                .containsExactly(
                        "superglue.boolq",
                        "superglue.cb",
                        "superglue.copa",
                        "superglue.multirc",
                        "superglue.record",
                        "superglue.rte",
                        "superglue.wic",
                        "superglue.wsc");
        assertThat(SuperGlueTasks.of(SuperGlueLayout.CB).metrics())
                .isEqualTo(List.of(LabelMetric.ACCURACY, LabelMetric.F1_MACRO));
        assertThat(SuperGlueTasks.of(SuperGlueLayout.COPA).head()).isEqualTo(new Head.Choice(2));
        assertThat(SuperGlueTasks.of(SuperGlueLayout.RTE).version()).contains("SuperGLUE v2.0");
    }

    @ParameterizedTest
    @EnumSource
    void aTestFileHasNoLabels(SuperGlueLayout layout) {
        Task task = SuperGlueTasks.of(layout);
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            Dataset test = task.read(Split.TEST, data).encode(wordPiece, 64);
            Dataset dev = task.read(Split.DEV, data).encode(wordPiece, 64);

            assertThat(test.lengths()).isEqualTo(dev.lengths());
            assertThat(test.batch(new int[] {0}).labels()).containsOnly(Float.NaN);
            assertThat(dev.batch(new int[] {0}).labels()).doesNotContain(Float.NaN);
        }
    }

    @Test
    void pairsHaveTheirOfficialLabels() {
        assertThat(texts(SuperGlueLayout.BOOLQ))
                .containsExactly(
                        new Example(0, "The dog -- The dog sees the cat.", "can the dog see", 1),
                        new Example(1, "The tree -- The tree is red.", "is the tree old", 0));
        assertThat(texts(SuperGlueLayout.CB)).extracting(Example::label).containsExactly(2.0, 1.0);
        assertThat(texts(SuperGlueLayout.RTE)).extracting(Example::label).containsExactly(1.0, 0.0);
    }

    @Test
    void wordsAreMarkedInTheirText() {
        assertThat(texts(SuperGlueLayout.WIC).get(0))
                .isEqualTo(new Example(
                        0,
                        "Do you want to come over to my *place* later?",
                        "A political system with no *place* for the less prominent groups.",
                        0));
        assertThat(texts(SuperGlueLayout.WSC))
                .containsExactly(
                        new Example(0, "*Mark* told Pete many lies about #himself.#", null, 1),
                        new Example(1, "*The old tree* saw the dog, and #it# ran.", null, 0));
    }

    @Test
    void copaAsksForCauseOrEffect() {
        LabelledChoices copa = (LabelledChoices) read(SuperGlueLayout.COPA);

        assertThat(copa.list())
                .containsExactly(
                        new LabelledChoices.Choice(
                                0,
                                "The tree fell. What was the cause of this?",
                                List.of("It was old.", "The cat hears."),
                                0),
                        new LabelledChoices.Choice(
                                1,
                                "The dog ran. What happened as a result?",
                                List.of("It was old.", "The cat hears."),
                                1));
    }

    @Test
    void multiRcIsScoredOverAnswersAndOverQuestions() {
        Dataset dataset = dataset(SuperGlueLayout.MULTIRC);
        Outputs outputs =
                Outputs.of(new float[] {0, 1, 1, 0, 0, 2, 1, 0, 0, 1}, 2); // right, right; right, missed, wrong

        assertThat(dataset.items()).isEqualTo(2);
        assertThat(dataset.size()).isEqualTo(5);
        assertThat(dataset.batch(new int[] {0, 1, 2, 3, 4}).labels()).containsExactly(1, 0, 1, 1, 0);
        Map<?, Double> values = dataset.scores(outputs).values();
        assertThat(values).hasSize(2);
        assertThat(values.get(AnswerSetMetric.F1A)).isCloseTo(2 * 2 / (3.0 + 3.0), within(1e-12));
        assertThat(values.get(AnswerSetMetric.EXACT_MATCH)).isEqualTo(0.5);
        assertThat(dataset.predictions(outputs))
                .isEqualTo(Map.of(
                        ".jsonl",
                        "{\"idx\":7,\"passage\":{\"questions\":["
                                + "{\"idx\":10,\"answers\":[{\"idx\":40,\"label\":1},{\"idx\":41,\"label\":0}]},"
                                + "{\"idx\":11,\"answers\":[{\"idx\":42,\"label\":1},{\"idx\":43,\"label\":0},{\"idx\":44,\"label\":1}]}]}}\n",
                        "-scores.tsv",
                        "id\texact_match\n7-10\t1.0\n7-11\t0.0\n"));
    }

    @Test
    void recordAnswersWithTheEntityThatIsPreferred() {
        Dataset dataset = dataset(SuperGlueLayout.RECORD);
        Outputs outputs = Outputs.of(new float[] {0, 1, 0, 3, 0, 2, 0, -3, 1, -3, 0, -1}, 2); // Bo; Rome

        assertThat(dataset.items()).isEqualTo(2);
        assertThat(dataset.batch(new int[] {0, 1, 2, 3, 4, 5}).labels()).containsExactly(1, 0, 0, 0, 0, 1);
        Map<?, Double> values = dataset.scores(outputs).values();
        assertThat(values.get(AnswerMetric.F1)).isEqualTo(0.5);
        assertThat(values.get(AnswerMetric.EXACT_MATCH)).isEqualTo(0.5);
        assertThat(dataset.predictions(outputs).get(".jsonl"))
                .isEqualTo("{\"idx\":5,\"label\":\"Bo\"}\n{\"idx\":6,\"label\":\"Rome\"}\n");
        CandidateQuestions read = (CandidateQuestions) read(SuperGlueLayout.RECORD);
        assertThat(read.list().get(0).candidates().get(0))
                .isEqualTo(
                        new Question.Candidate("Ann met Bo in Rome. Ann is old.", "In Rome Ann met Bo.", "Ann", 0, 1));
    }

    @Test
    void aQuestionStaysTogetherAndIsKept() {
        Dataset dataset = dataset(SuperGlueLayout.MULTIRC);
        Dataset second = dataset.select(new int[] {1});
        DatasetArrays arrays = dataset.arrays().orElseThrow();
        Task task = SuperGlueTasks.of(SuperGlueLayout.MULTIRC);

        assertThat(second.items()).isOne();
        assertThat(second.size()).isEqualTo(3);
        assertThat(second.arrays()).isEmpty();
        Dataset again = task.form(Split.DEV, data).orElseThrow().dataset(arrays, () -> {
            throw new AssertionError("no vocabulary is needed");
        });
        Batch batch = again.batch(new int[] {4, 0});
        assertThat(batch.labels()).containsExactly(0, 1);
        assertThat(batch.inputIds()).isEqualTo(dataset.batch(new int[] {4, 0}).inputIds());
        Outputs outputs = Outputs.of(new float[10], 2);
        assertThat(again.scores(outputs)).isEqualTo(dataset.scores(outputs));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BOOLQ   | true              | "yes"              | :1: found label 'yes', expected one of false, true
            COPA    | "cause"           | "why"              | :1: found question 'why', expected cause or effect
            WIC     | "end1": 36        | "end1": 360        | :1: found 360 in column 'end1', expected a place in a sentence of 43 characters
            WSC     | "span2_index": 6  | "span2_index": 60  | :1: found target.span2_index 60 with 1 words, expected words of a text of 7
            MULTIRC | "questions"       | "asked"            | :1: found no 'questions' in passage, expected a list of at least one
            RECORD  | "end": 17         | "end": 170         | :1: found the entity {"start":14,"end":170}, expected places in a passage of 42 characters
            RECORD  | in @placeholder   | in placeholder     | :1: found the query 'They were in placeholder.', expected @placeholder in it
            RTE     | "premise"         | "premis"           | :1: found no value in column 'premise', expected one in every row
            """)
    void whatIsWrongNamesFileAndLine(SuperGlueLayout layout, String right, String wrong, String message)
            throws IOException {
        Path file = data.resolve(layout.directory()).resolve("val.jsonl");
        String lines = Files.readString(file);
        assertThat(lines).contains(right);
        Files.writeString(file, lines.replace(right, wrong));

        assertThatThrownBy(() -> read(layout))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageEndingWith(message);
    }

    private dev.palette.task.Examples read(SuperGlueLayout layout) {
        return SuperGlueTasks.of(layout).read(Split.DEV, data);
    }

    private List<Example> texts(SuperGlueLayout layout) {
        return ((LabelledTexts) read(layout)).list();
    }

    private Dataset dataset(SuperGlueLayout layout) {
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            return read(layout).encode(wordPiece, 64);
        }
    }
}
