package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.session.RunnerBackend;
import dev.palette.tensor.TensorEntry;
import dev.palette.tensor.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run_squad}, for real, on a tiny encoder with random weights. */
class SquadCommandTest {
    @TempDir
    private Path folder;

    private final Invocation invocation = new Invocation();
    private TinyFiles tiny;
    private Path train;
    private Path dev;

    @BeforeEach
    void files() throws IOException {
        tiny = new TinyFiles(folder);
        tiny.config("bert_config.json", "");
        train = Files.writeString(folder.resolve("learn.json"), questions(12));
        dev = Files.writeString(folder.resolve("answer.json"), questions(5));
    }

    @Test
    void answersTheirCandidatesTheScoresAndTheModelLandWhereTheOriginalPutsThem() throws IOException {
        assertThat(run(
                        "saved",
                        "--do_train",
                        "--train_file",
                        train.toString(),
                        "--do_predict",
                        "--predict_file",
                        dev.toString()))
                .as(invocation::err)
                .isZero();

        JsonNode answers = json("saved/predictions.json");
        assertThat(answers.fieldNames()).toIterable().containsExactly("q0", "q1", "q2", "q3", "q4");
        assertThat(json("saved/nbest_predictions.json").get("q0").get(0).get("text"))
                .isEqualTo(answers.get("q0"));
        assertThat(folder.resolve("saved/eval_results.txt")).content().contains("exact_match = ", "f1 = ");
        try (TensorFile model = TensorFile.open(folder.resolve("saved/pytorch_model.bin"))) {
            assertThat(model.entries().stream().map(TensorEntry::name))
                    .contains("qa_outputs.weight", "qa_outputs.bias");
        }
    }

    @Test
    void aSavedModelAnswersTheSameAlone() throws IOException {
        run("saved", "--do_train", "--train_file", train.toString(), "--do_predict", "--predict_file", dev.toString());

        String checkpoint = folder.resolve("saved/pytorch_model.bin").toString();
        assertThat(run("again", "--do_predict", "--predict_file", dev.toString(), "--init_checkpoint", checkpoint))
                .as(invocation::err)
                .isZero();

        assertThat(json("again/nbest_predictions.json")).isEqualTo(json("saved/nbest_predictions.json"));
    }

    @Test
    void theFirstQuestionsAloneCanBeAnswered() throws IOException {
        run(
                "saved",
                "--do_train",
                "--train_file",
                train.toString(),
                "--do_predict",
                "--predict_file",
                dev.toString(),
                "--predict_questions",
                "2");

        assertThat(json("saved/predictions.json")).hasSize(2);
        assertThat(invocation.out()).contains("first 2 questions");
    }

    @Test
    void whatIsWrongWithTheFlagsIsSaidAtOnce() {
        assertThat(run("x")).isEqualTo(2);
        assertThat(run("x", "--do_train")).isEqualTo(2);
        assertThat(run("x", "--do_predict")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--train_file", train.toString(), "--max_query_length", "30"))
                .isEqualTo(2);

        assertThat(invocation.err().lines())
                .containsExactly(
                        "At least one of --do_train or --do_predict must be given.",
                        "--do_train needs --train_file, the questions to learn",
                        "--do_predict needs --predict_file, the questions to answer",
                        "--max_seq_length (32) must be greater than --max_query_length (30) + 3, or no passage fits beside a question");
    }

    /** Questions about a passage of 20 words, more than one window. */
    private static String questions(int n) {
        String context = "the cat sleeps . the dog runs . the good cat runs . the bad dog sleeps .";
        return IntStream.range(0, n)
                .mapToObj(i ->
                        "{\"id\": \"q%d\", \"question\": \"%s runs\", \"answers\": [{\"text\": \"%s\", \"answer_start\": %d}]}"
                                .formatted(
                                        i,
                                        i % 2 == 0 ? "dog" : "good",
                                        i % 2 == 0 ? "dog" : "cat",
                                        i % 2 == 0 ? 21 : 41))
                .collect(Collectors.joining(
                        ",",
                        "{\"version\": \"1.1\", \"data\": [{\"title\": \"t\", \"paragraphs\": [{\"context\": \""
                                + context + "\", \"qas\": [",
                        "]}]}]}"));
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(file).toFile());
    }

    private int run(String output, String... more) {
        List<String> arguments = List.of(
                "--bert_config_file",
                folder.resolve("bert_config.json").toString(),
                "--vocab_file",
                tiny.vocabulary.toString(),
                "--output_dir",
                folder.resolve(output).toString(),
                "--do_lower_case",
                "--max_seq_length",
                "32",
                "--max_query_length",
                "8",
                "--doc_stride",
                "6",
                "--train_batch_size",
                "4",
                "--num_train_epochs",
                "1",
                "--set",
                "cache.dir=" + folder.resolve("cache"),
                "--set",
                "threads=1");
        return invocation.run(new SquadCommand(new RunnerBackend()), arguments, more);
    }
}
