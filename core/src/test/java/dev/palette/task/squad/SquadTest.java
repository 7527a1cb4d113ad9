package dev.palette.task.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetStore;
import dev.palette.task.Holdout;
import dev.palette.task.Outputs;
import dev.palette.task.Split;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquadTest {
    private static final String CONTEXT = "The old lamp burned whale oil until 1911.";
    private static final String QUESTION = question("q1", answer("whale oil", 20));

    @TempDir
    private Path data;

    @Test
    void filesLieInTheTasksFolderOrBesideIt() throws IOException {
        Path beside = write("train-v1.1.json", QUESTION);
        assertThat(task(o -> {}).files(data)).containsEntry(Split.TRAIN, beside);
        Path inside = write("squad/train-v1.1.json", QUESTION);
        assertThat(task(o -> {}).files(data)).containsEntry(Split.TRAIN, inside);
    }

    @Test
    void theFirstQuestionsAreTakenWhereSomeAreAskedFor() throws IOException {
        write("squad/train-v1.1.json", QUESTION, QUESTION, QUESTION);
        assertThat(read(o -> o.trainQuestions(2), Split.TRAIN).size()).isEqualTo(2);
        assertThat(read(o -> o.trainQuestions(7), Split.TRAIN).size()).isEqualTo(3);
        assertThat(read(o -> {}, Split.TRAIN).size()).isEqualTo(3);
    }

    @Test
    void aTableSaysThatOnlySomeWereAsked() {
        assertThat(task(o -> o.devQuestions(1_000)).remarks())
                .containsExactly("squad: on the first 1,000 questions of dev-v1.1.json alone.");
        assertThat(task(o -> {}).remarks()).isEmpty();
    }

    @Test
    void anAnswerThatIsNotWhereItSaysIsLeftOutAndReported() throws IOException {
        write(
                "squad/train-v1.1.json",
                QUESTION,
                question("q2", answer("whale oil", 3)),
                question("q3", answer("oil", 99)));
        Questions questions = read(o -> {}, Split.TRAIN);
        assertThat(questions.list()).extracting(Question::id).containsExactly("q1");
        assertThat(questions.remarks())
                .containsExactly("2 of 3 questions left out, as the original does: their answers are not where they say"
                        + " they are in the context, question q2's 'whale oil' for one");
    }

    @Test
    void noAnswerWhereItSaysIsAnError() throws IOException {
        write("squad/train-v1.1.json", question("q2", answer("whale oil", 3)));
        assertThatThrownBy(() -> read(o -> {}, Split.TRAIN))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(
                        "train-v1.1.json: none of 1 answers is where 'answer_start' says, question q2's 'whale oil'");
    }

    @Test
    void questionsOfATestSetNeedNoAnswers() throws IOException {
        write("squad/test-v1.1.json", "{\"id\": \"q1\", \"question\": \"Why?\"}");
        assertThat(read(o -> {}, Split.TEST).size()).isEqualTo(1);
    }

    @Test
    void whatIsHeldOutIsHeldOutByQuestion() throws IOException {
        write(
                "squad/train-v1.1.json",
                IntStream.range(0, 20)
                        .mapToObj(i -> question("q" + i, answer("whale oil", 20)))
                        .toArray(String[]::new));
        Consumer<Squad.Options> narrow = o -> o.docStride(3);
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            Questions questions = read(narrow, Split.TRAIN);
            Holdout holdout = Holdout.of(
                    questions.encodeToTrain(wordPiece, 12),
                    questions.encode(wordPiece, 12),
                    0.25,
                    new RandomStreams(1),
                    "squad");
            assertThat(holdout.selection().items()).isEqualTo(5);
            assertThat(holdout.training().items()).isEqualTo(15);
            int windows = questions.encode(wordPiece, 12).size() / 20;
            assertThat(windows).isGreaterThan(1);
            assertThat(holdout.selection().size()).isEqualTo(5 * windows);
        }
    }

    @Test
    void trainingSeesTheWindowsWithTheAnswerAndPredictingAll() throws IOException {
        write("squad/train-v1.1.json", QUESTION);
        Consumer<Squad.Options> narrow = o -> o.docStride(3);
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            int all = read(narrow, Split.TRAIN).encode(wordPiece, 12).size();
            SpanDataset training = (SpanDataset) read(narrow, Split.TRAIN).encodeToTrain(wordPiece, 12);
            assertThat(training.size()).isPositive().isLessThan(all);
            training.windows()
                    .forEach(window -> assertThat(pieces(window, wordPiece)).isEqualTo("whale oil"));

            SpanDataset withEmpty = (SpanDataset)
                    read(narrow.andThen(o -> o.emptyWindows(true)), Split.TRAIN).encodeToTrain(wordPiece, 12);
            assertThat(withEmpty.size()).isEqualTo(all);
            assertThat(withEmpty.windows().stream()
                            .filter(window -> window.answer().equals(new Run(0, 0))))
                    .hasSize(all - training.size());
        }
    }

    @Test
    void keptWindowsTrainPredictAndScoreAsTheyDid() throws IOException {
        write("squad/train-v1.1.json", QUESTION);
        write("squad/dev-v1.1.json", QUESTION);
        Path vocabulary = Files.write(data.resolve("vocab.txt"), RealVocabulary.bytes());
        Squad task = task(o -> o.docStride(3));
        Supplier<DatasetStore> store =
                () -> new DatasetStore(data.resolve("cache"), vocabulary, true, 12, message -> fail(message));

        Dataset made = store.get().toTrain(task, data);
        Dataset kept = store.get().toTrain(task, data);
        int[] all = IntStream.range(0, made.size()).toArray();
        assertThat(kept.batch(all)).usingRecursiveComparison().isEqualTo(made.batch(all));

        Dataset dev = store.get().toPredict(task, Split.DEV, data);
        Dataset keptDev = store.get().toPredict(task, Split.DEV, data);
        assertThat(((SpanDataset) keptDev).windows())
                .usingRecursiveComparison()
                .isEqualTo(((SpanDataset) dev).windows());
        Outputs outputs = new Outputs(IntStream.of(dev.lengths())
                .mapToObj(length -> new float[2 * length])
                .toList());
        assertThat(keptDev.predictions(outputs)).isEqualTo(dev.predictions(outputs));
        assertThat(keptDev.scores(outputs)).isEqualTo(dev.scores(outputs));
    }

    @Test
    void aLengthWithoutRoomForThePassageIsAnError() throws IOException {
        write("squad/train-v1.1.json", QUESTION);
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            Questions questions = read(o -> {}, Split.TRAIN);
            assertThatThrownBy(() -> questions.encode(wordPiece, 7))
                    .isInstanceOf(PaletteException.class)
                    .hasMessage("maxLength 7 leaves no room for a passage beside the 5 word pieces of question q1;"
                            + " give a longer maxLength or a shorter maxQueryLength");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"data": [           | :1:11: not JSON: Unexpected end-of-input: expected close marker for Array; fetch it again
            {"version": "1.1"}   | : data is missing, expected a list; is this a file of SQuAD v1.1?
            {"data": 3}          | : data is 3, expected a list
            {"data": []}         | has no questions
            {"data": [{}]}       | : data[0].paragraphs is missing, expected a list
            {"data": [{"paragraphs": [{"qas": []}]}]} | : data[0].paragraphs[0].context is missing, expected a text
            {"data": [{"paragraphs": [{"context": "a", "qas": [{"id": 7}]}]}]} | : data[0].paragraphs[0].qas[0].id is 7, expected a text
            {"data": [{"paragraphs": [{"context": "a", "qas": [{"id": "7", "question": "b", "answers": []}]}]}]} | : data[0].paragraphs[0].qas[0].answers has 0 elements, expected one answer, to train on
            {"data": [{"paragraphs": [{"context": "a", "qas": [{"id": "7", "question": "b", "answers": [{"text": "a"}]}]}]}]} | qas[0].answers[0].answer_start is missing, expected a whole number
            """)
    void aMalformedFileIsNamedWithThePlace(String content, String message) throws IOException {
        Path file = data.resolve("squad/train-v1.1.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThatThrownBy(() -> read(o -> {}, Split.TRAIN))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void devQuestionsNeedAnAnswerToBeScoredBy() throws IOException {
        write("squad/dev-v1.1.json", question("q1", ""));
        assertThatThrownBy(() -> read(o -> {}, Split.DEV))
                .hasMessageContaining("qas[0].answers is empty, expected at least one answer, to score by");
    }

    @Test
    void aMissingFileSaysWhereItShouldBe() {
        assertThatThrownBy(() -> read(o -> {}, Split.DEV))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("no folder 'squad' in " + data);
    }

    private Questions read(Consumer<Squad.Options> options, Split split) {
        return (Questions) task(options).read(split, data);
    }

    private static Squad task(Consumer<Squad.Options> options) {
        return Squad.of(options);
    }

    private static String pieces(Window window, WordPiece wordPiece) {
        return IntStream.rangeClosed(window.answer().first(), window.answer().last())
                .mapToObj(position -> wordPiece.pieces().get(window.sequence().inputIds()[position]))
                .collect(Collectors.joining(" "));
    }

    private static String answer(String text, int start) {
        return "{\"text\": \"%s\", \"answer_start\": %d}".formatted(text, start);
    }

    private static String question(String id, String answers) {
        return "{\"id\": \"%s\", \"question\": \"What did it burn?\", \"answers\": [%s]}".formatted(id, answers);
    }

    private Path write(String name, String... questions) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                "{\"version\": \"1.1\", \"data\": [{\"paragraphs\": [{\"context\": \"%s\", \"qas\": [%s]}]}]}"
                        .formatted(CONTEXT, String.join(", ", List.of(questions))));
    }
}
