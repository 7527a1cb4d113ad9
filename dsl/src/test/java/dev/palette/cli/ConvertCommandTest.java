package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.session.RunnerBackend;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void anEncoder() throws Exception {
        SafetensorsWriter.write(folder.resolve("model.safetensors"), encoder(), Map.of());
        Files.writeString(folder.resolve("bert_config.json"), """
                {"vocab_size": 7, "hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 6,
                 "max_position_embeddings": 5, "type_vocab_size": 2, "hidden_act": "gelu"}
                """);
    }

    @Test
    void convertPrintsItsReport() {
        assertThat(execute("convert", path("model.safetensors"), path("model.bin")))
                .isZero();
        assertThat(out.toString())
                .contains("wrote " + path("model.bin") + ": PyTorch archive, the original's names: 23 tensors")
                .contains("bert.embeddings.LayerNorm.weight -> embeddings.LayerNorm.gamma")
                .contains("missing 0", "left over 0");
    }

    @Test
    void namesCanBeChosen() {
        assertThat(execute("convert", path("model.safetensors"), path("model.bin"), "--names", "huggingface"))
                .isZero();
        try (TensorFile written = TensorFile.open(folder.resolve("model.bin"))) {
            assertThat(written.entries()).anyMatch(entry -> entry.name().equals("bert.embeddings.LayerNorm.weight"));
        }
    }

    @Test
    void theReadmesFormTheScriptsFormAndThePackagesFormWriteTheSameFile() throws Exception {
        assertThat(execute(
                        "convert_tf_checkpoint_to_pytorch",
                        path("model.safetensors"),
                        path("bert_config.json"),
                        path("a.bin")))
                .isZero();
        assertThat(execute(
                        "convert_tf_checkpoint_to_pytorch",
                        "--tf_checkpoint_path",
                        path("model.safetensors"),
                        "--bert_config_file",
                        path("bert_config.json"),
                        "--pytorch_dump_path",
                        path("b.bin")))
                .isZero();
        assertThat(execute(
                        "pytorch_pretrained_bert",
                        "convert_tf_checkpoint_to_pytorch",
                        path("model.safetensors"),
                        path("bert_config.json"),
                        path("c.bin")))
                .isZero();
        byte[] first = Files.readAllBytes(folder.resolve("a.bin"));
        assertThat(folder.resolve("b.bin")).hasBinaryContent(first);
        assertThat(folder.resolve("c.bin")).hasBinaryContent(first);
    }

    @Test
    void badInputIsOneMessageAndExitCode2() {
        assertThat(execute("convert", path("absent.bin"), path("model.bin"))).isEqualTo(2);
        assertThat(err.toString()).contains("absent.bin does not exist").doesNotContain("\tat ");
        assertThat(execute("convert_tf_checkpoint_to_pytorch", path("model.safetensors")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("1 paths are given, expected CHECKPOINT CONFIG OUTPUT");
        assertThat(folder.resolve("model.bin")).doesNotExist();
    }

    private int execute(String... arguments) {
        return Main.commandLine(new RunnerBackend())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    static List<TensorData> encoder() {
        List<TensorData> all = new ArrayList<>();
        add(all, "embeddings.word_embeddings.weight", 7, 4);
        add(all, "embeddings.position_embeddings.weight", 5, 4);
        add(all, "embeddings.token_type_embeddings.weight", 2, 4);
        norm(all, "embeddings");
        String layer = "encoder.layer.0.";
        Stream.of("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
                .forEach(part -> linear(all, layer + part, 4, 4));
        norm(all, layer + "attention.output");
        linear(all, layer + "intermediate.dense", 6, 4);
        linear(all, layer + "output.dense", 4, 6);
        norm(all, layer + "output");
        linear(all, "pooler.dense", 4, 4);
        return all;
    }

    private static void linear(List<TensorData> all, String name, int out, int in) {
        add(all, name + ".weight", out, in);
        add(all, name + ".bias", out);
    }

    private static void norm(List<TensorData> all, String owner) {
        add(all, owner + ".LayerNorm.weight", 4);
        add(all, owner + ".LayerNorm.bias", 4);
    }

    private static void add(List<TensorData> all, String name, long... shape) {
        int size = 1;
        for (long dimension : shape) {
            size *= (int) dimension;
        }
        all.add(TensorData.ofFloats("bert." + name, new float[size], shape));
    }
}
