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

/** {@code run_multi_task}, for real, on a tiny encoder with random weights and one task. */
class MultiTaskCommandTest {
    @TempDir
    private Path folder;

    private final Invocation invocation = new Invocation();
    private TinyFiles tiny;
    private Path pals;

    @BeforeEach
    void files() throws IOException {
        tiny = new TinyFiles(folder);
        pals = tiny.config("pals_config.json", ", \"mult\": true, \"pals\": true, \"hidden_size_aug\": 6");
        tiny.cola(folder.resolve("data"), 40, 20);
    }

    @Test
    void palsAreSavedUnderTheOriginalsNamesTiedOnesUnderSeveral() {
        assertThat(run("saved", "--do_train", "--do_eval")).as(invocation::err).isZero();

        assertThat(folder.resolve("saved/eval_results.txt"))
                .content()
                .contains("eval_accuracy = ", "global_step = 5\n");
        try (TensorFile model = TensorFile.open(folder.resolve("saved/best_model.pth"))) {
            assertThat(model.entries().stream().map(TensorEntry::name))
                    .contains(
                            "classifier.0.weight",
                            "bert.encoder.layer.1.multi_layers.0.attn.query.weight",
                            "bert.encoder.layer.0.multi_layers.0.aug_dense.weight",
                            "bert.encoder.layer.1.multi_layers.0.aug_dense.weight",
                            "bert.encoder.mult_aug_dense.0.weight");
            assertThat(model.aliases())
                    .containsEntry(
                            "bert.encoder.layer.1.multi_layers.0.aug_dense.weight",
                            "bert.encoder.layer.0.multi_layers.0.aug_dense.weight");
        }
    }

    @Test
    void aSavedModelEvaluatesToTheSameAlone() throws IOException {
        run("saved", "--do_train", "--do_eval");
        String trained = Files.readString(folder.resolve("saved/predictions/cola-dev.tsv"));

        Path checkpoint = folder.resolve("saved/best_model.pth");
        assertThat(run("again", "--do_eval", "--multi", "--init_checkpoint", checkpoint.toString()))
                .as(invocation::err)
                .isZero();

        assertThat(folder.resolve("again/predictions/cola-dev.tsv")).hasContent(trained);
    }

    @Test
    void adaptersCanHaveAnotherSize() {
        assertThat(run("saved", "--do_train", "--h_aug", "12"))
                .as(invocation::err)
                .isZero();

        try (TensorFile model = TensorFile.open(folder.resolve("saved/best_model.pth"))) {
            assertThat(model.entries())
                    .filteredOn(entry -> entry.name().equals("bert.encoder.mult_aug_dense.0.weight"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.shape()).containsExactly(12L, 12L));
        }
    }

    @Test
    void aFrozenEncoderStaysAsItWas() {
        run("start", "--do_train", "--num_train_epochs", "0.01");
        Path start = folder.resolve("start/best_model.pth");
        assertThat(run("saved", "--do_train", "--freeze", "--multi", "--init_checkpoint", start.toString()))
                .as(invocation::err)
                .isZero();

        Path saved = folder.resolve("saved/best_model.pth");
        assertThat(floats(saved, "bert.encoder.layer.0.output.dense.weight"))
                .isEqualTo(floats(start, "bert.encoder.layer.0.output.dense.weight"));
        assertThat(floats(saved, "bert.encoder.layer.0.output.LayerNorm.gamma"))
                .isNotEqualTo(floats(start, "bert.encoder.layer.0.output.LayerNorm.gamma"));
    }

    @Test
    void theOriginalsDefectsAreThereWhenAskedFor() {
        assertThat(run("saved", "--do_train", "--do_eval", "--num_train_epochs", "2", "--compatibility", "original"))
                .as(invocation::err)
                .isZero();
        assertThat(run("single", "--do_train", "--compatibility", "clipPerTensor, updateIdle"))
                .isZero();
        assertThat(run("wrong", "--do_train", "--compatibility", "clipPerTensr"))
                .isEqualTo(2);

        assertThat(invocation.err()).contains("did you mean 'clipPerTensor'?");
    }

    @Test
    void whatIsWrongWithTheFlagsIsSaidAtOnce() {
        assertThat(run("x", "--do_train", "--sample", "annealed")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--tasks", "alle")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--task_id", "8")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--h_aug", "large")).isEqualTo(2);
        assertThat(run("x", "--do_train", "--init_checkpoint", "nowhere.bin")).isEqualTo(2);

        assertThat(invocation.err())
                .contains("unknown method of --sample 'annealed'; did you mean 'anneal'?")
                .contains("unknown set of --tasks 'alle'; did you mean 'all'?")
                .contains("--task_id is 8, expected 0 to 7: cola, mrpc, mnli, rte, sts, sst, qqp, qnli")
                .contains("--h_aug is large, expected a whole number")
                .contains(
                        "describes adapters (PALs(6)), which the checkpoint of an encoder does not have; add --multi");
    }

    private int run(String output, String... more) {
        List<String> arguments = List.of(
                "--tasks",
                "single",
                "--task_id",
                "0",
                "--sample",
                "anneal",
                "--data_dir",
                folder.resolve("data") + "/",
                "--bert_config_file",
                pals.toString(),
                "--vocab_file",
                tiny.vocabulary.toString(),
                "--output_dir",
                folder.resolve(output).toString(),
                "--do_lower_case",
                "--max_seq_length",
                "20",
                "--train_batch_size",
                "8",
                "--learning_rate",
                "1e-3",
                "--num_train_epochs",
                "1",
                "--set",
                "cache.dir=" + folder.resolve("cache"),
                "--set",
                "threads=1");
        return invocation.run(new MultiTaskCommand(new RunnerBackend()), arguments, more);
    }

    private static float[] floats(Path file, String tensor) {
        try (TensorFile model = TensorFile.open(file)) {
            return model.tensor(tensor).toFloats();
        }
    }
}
