package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.session.RunnerBackend;
import dev.palette.tensor.TensorEntry;
import dev.palette.tensor.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run_classifier}, for real, on a tiny encoder with random weights. */
class ClassifierCommandTest {
    @TempDir
    private Path folder;

    private final Invocation invocation = new Invocation();
    private TinyFiles tiny;
    private Path cola;
    private Path config;

    @BeforeEach
    void files() throws IOException {
        tiny = new TinyFiles(folder);
        config = tiny.config("bert_config.json", "");
        cola = tiny.cola(folder.resolve("data"), 40, 20);
    }

    @Test
    void trainingAndEvaluatingLeaveTheOriginalsFilesAndOurs() throws IOException {
        assertThat(run("saved", "--do_train", "--do_eval", "--num_train_epochs", "2"))
                .as(invocation::err)
                .isZero();

        assertThat(keys(folder.resolve("saved/eval_results.txt")))
                .containsExactly("eval_accuracy", "eval_loss", "global_step", "loss", "matthews");
        assertThat(Files.readString(folder.resolve("saved/eval_results.txt"))).contains("global_step = 10\n");
        assertThat(folder.resolve("saved/predictions/cola-dev.tsv")).exists();
        assertThat(folder.resolve("saved/results.md")).exists();
        try (TensorFile model = TensorFile.open(folder.resolve("saved/pytorch_model.bin"))) {
            assertThat(model.entries().stream().map(TensorEntry::name))
                    .contains("classifier.weight", "classifier.bias", "bert.embeddings.LayerNorm.gamma");
        }
    }

    @Test
    void whatWasSavedEvaluatesToTheSameAlone() throws IOException {
        run("saved", "--do_train", "--do_eval");
        String trained = Files.readString(folder.resolve("saved/predictions/cola-dev.tsv"));

        Path checkpoint = folder.resolve("saved/pytorch_model.bin");
        assertThat(run("again", "--do_eval", "--init_checkpoint", checkpoint.toString()))
                .as(invocation::err)
                .isZero();

        assertThat(folder.resolve("again/predictions/cola-dev.tsv")).hasContent(trained);
        assertThat(keys(folder.resolve("again/eval_results.txt")))
                .containsExactly("eval_accuracy", "eval_loss", "matthews");
        assertThat(folder.resolve("again/pytorch_model.bin")).doesNotExist();
    }

    @Test
    void trainingAloneLooksAtNoDevFile() throws IOException {
        Files.delete(cola.resolve("dev.tsv"));

        assertThat(run("saved", "--do_train")).as(invocation::err).isZero();

        assertThat(folder.resolve("saved/pytorch_model.bin")).exists();
        assertThat(folder.resolve("saved/eval_results.txt")).doesNotExist();
    }

    @Test
    void theSameCommandAgainDoesNotTrainAgain() throws IOException {
        run("saved", "--do_train", "--do_eval");
        Path model = folder.resolve("saved/run_classifier");
        String before = Files.readString(folder.resolve("saved/eval_results.txt"));

        assertThat(run("saved", "--do_train", "--do_eval")).isZero();

        assertThat(folder.resolve("saved/eval_results.txt")).hasContent(before);
        assertThat(model).isDirectory();
    }

    @Test
    void aFolderWithAnotherRunInItIsRefused() {
        run("saved", "--do_train");

        assertThat(run("saved", "--do_train", "--learning_rate", "1e-4")).isEqualTo(2);

        assertThat(invocation.err())
                .contains("Output directory (" + folder.resolve("saved")
                        + ") already exists and is not empty: it holds a run of" + " run_classifier with other flags");
    }

    @Test
    void withoutACheckpointThereIsNothingToEvaluate() {
        assertThat(run("none", "--do_eval")).isEqualTo(2);

        assertThat(invocation.err()).contains("--do_eval without --do_train needs --init_checkpoint");
    }

    @Test
    void whatIsWrongWithTheFlagsIsSaidAtOnce() {
        assertThat(run("x")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--max_seq_length", "41")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--local_rank", "0")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--task_name", "colla")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--gradient_accumulation_steps", "0")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--gradient_accumulation_steps", "9")).isEqualTo(2);

        assertThat(invocation.err().lines())
                .containsExactly(
                        "At least one of --do_train or --do_eval must be given.",
                        "--max_seq_length is 41, but the encoder of %s has positions for sequences of up to 40; use a shorter length"
                                .formatted(config),
                        "--local_rank is 0, but processes find out by themselves which they are; leave the flag out, and start them with: palette launch --nproc_per_node N",
                        "unknown --task_name 'colla'; did you mean 'cola'? Known: cola, mnli, mrpc, qnli, qqp, rte, sst, sts, wnli.",
                        "--gradient_accumulation_steps is 0, expected at least 1",
                        "--train_batch_size is 8, expected at least --gradient_accumulation_steps, 9");
    }

    private int run(String output, String... more) {
        List<String> arguments = List.of(
                "--data_dir",
                cola.toString(),
                "--bert_config_file",
                config.toString(),
                "--vocab_file",
                tiny.vocabulary.toString(),
                "--output_dir",
                folder.resolve(output).toString(),
                "--do_lower_case",
                "--max_seq_length",
                "20",
                "--train_batch_size",
                "8",
                "--num_train_epochs",
                "1",
                "--set",
                "cache.dir=" + folder.resolve("cache"),
                "--set",
                "threads=1",
                "--task_name",
                "CoLA");
        return invocation.run(new ClassifierCommand(new RunnerBackend()), arguments, more);
    }

    private static List<String> keys(Path results) throws IOException {
        return Files.readAllLines(results).stream()
                .map(line -> line.substring(0, line.indexOf(" = ")))
                .toList();
    }
}
