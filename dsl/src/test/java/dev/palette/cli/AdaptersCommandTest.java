package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.adapter.Lora;
import dev.palette.experiment.StrictJson;
import dev.palette.pretrained.BertConfig;
import dev.palette.session.RunnerBackend;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptersCommandTest {
    private static final BertConfig SIZES = new BertConfig(7, 4, 1, 2, 6, 5, 2, 0, 0, 1e-12);
    private static final Lora LORA = Lora.of(l -> l.rank(2));

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void anEncoderAndAnAdapter() throws IOException {
        Path encoder = Files.createDirectories(folder.resolve("encoder"));
        SafetensorsWriter.write(
                encoder.resolve("model.safetensors"), ConvertCommandTest.encoder(), Map.of("format", "pt"));
        Files.writeString(encoder.resolve("config.json"), """
                {"vocab_size": 7, "hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 6,
                 "max_position_embeddings": 5, "type_vocab_size": 2, "hidden_act": "gelu"}
                """);
        Files.write(encoder.resolve("vocab.txt"), List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"));
        write("one.safetensors", 0.25f, "mrpc");
        write("other.safetensors", 0.5f, "rte");
    }

    private void write(String name, float value, String... tasks) {
        List<TensorData> tensors = new ArrayList<>(LORA.parameters(SIZES, List.of(tasks)).stream()
                .map(d -> constant(
                        d.name(),
                        value,
                        d.shape().stream().mapToLong(Integer::longValue).toArray()))
                .toList());
        for (String task : tasks) {
            tensors.add(constant("head." + task + ".weight", value, 2, 4));
            tensors.add(constant("head." + task + ".bias", value, 2));
        }
        AdapterFile.write(
                folder.resolve(name),
                new AdapterManifest(
                        path("encoder"),
                        FileDigest.sha256(folder.resolve("encoder/model.safetensors")),
                        0,
                        LORA.label(),
                        StrictJson.mapper().valueToTree(LORA),
                        List.of(tasks),
                        null,
                        null,
                        List.of()),
                tensors);
    }

    private static TensorData constant(String name, float value, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.fill(values, value);
        return TensorData.ofFloats(name, values, shape);
    }

    @Test
    void showTellsWhatAFileHolds() {
        assertThat(execute("adapters", "show", path("one.safetensors"))).isZero();
        assertThat(out.toString()).contains("LoRA(2)", "\"word\":\"lora\"", "mrpc", path("encoder"), "6 tensors");
    }

    @Test
    void anAdapterGoesOutAndComesBack() {
        assertThat(execute("adapters", "export", path("one.safetensors"), path("peft"), "--to", "peft"))
                .isZero();
        assertThat(out.toString()).contains(path("peft") + ": LoRA(2) of mrpc for peft");
        assertThat(execute(
                        "adapters",
                        "import",
                        path("peft"),
                        path("back.safetensors"),
                        "--task",
                        "mrpc",
                        "--encoder",
                        path("encoder")))
                .isZero();
        try (AdapterFile first = AdapterFile.open(folder.resolve("one.safetensors"));
                AdapterFile back = AdapterFile.open(folder.resolve("back.safetensors"))) {
            assertThat(back.tensors()).containsExactlyInAnyOrderElementsOf(first.tensors());
            assertThat(back.manifest().label()).isEqualTo("LoRA(2)");
        }
        assertThat(execute("adapters", "import", path("peft"), path("x"), "--task", "mrpc"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--encoder is missing");
    }

    @Test
    void mergingWritesAnEncoderThatCanBeRead() {
        assertThat(execute("adapters", "merge", path("one.safetensors"), path("merged")))
                .isZero();
        try (SafetensorsFile merged = SafetensorsFile.open(folder.resolve("merged/model.safetensors"));
                SafetensorsFile base = SafetensorsFile.open(folder.resolve("encoder/model.safetensors"))) {
            String query = "bert.encoder.layer.0.attention.self.query.weight";
            assertThat(merged.tensor(query).toFloats()[0] - base.tensor(query).toFloats()[0])
                    .isEqualTo(8 / 2 * 2 * 0.25f * 0.25f);
            assertThat(merged.names()).contains("classifier.weight");
        }
        assertThat(execute("adapters", "merge", path("one.safetensors"), path("merged")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("exists already");
    }

    @Test
    void sumsAreWrittenWithTheirHistory() {
        assertThat(execute(
                        "adapters",
                        "add",
                        path("one.safetensors") + "=0.5",
                        path("other.safetensors") + "@rte=-1",
                        "--to",
                        path("sum.safetensors"),
                        "--task",
                        "rte"))
                .isZero();
        assertThat(out.toString()).contains("LoRA(4, alpha 4.0) for rte");
        assertThat(execute("adapters", "negate", path("one.safetensors"), "--to", path("minus.safetensors")))
                .isZero();
        assertThat(execute(
                        "adapters",
                        "average",
                        path("one.safetensors"),
                        path("minus.safetensors"),
                        "--to",
                        path("mean.safetensors")))
                .isZero();
        execute("adapters", "show", path("mean.safetensors"));
        assertThat(out.toString()).contains("the sum of 0.5 × mrpc of " + path("one.safetensors"));
    }

    @Test
    void oneOfSeveralTasksMustBeNamed() {
        write("both.safetensors", 0.25f, "mrpc", "rte");
        assertThat(execute("adapters", "merge", path("both.safetensors"), path("merged")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("holds adapters of mrpc, rte: name one task with --task");
        assertThat(execute("adapters", "merge", path("both.safetensors"), path("merged"), "--task", "rte"))
                .isZero();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private int execute(String... arguments) {
        boolean encoder = Stream.of("export", "import", "merge").anyMatch(arguments[1]::equals);
        List<String> all = new ArrayList<>(List.of(arguments));
        if (encoder) {
            all.addAll(List.of("--set", "cache.dir=" + path("cache")));
        }
        return Main.commandLine(new RunnerBackend(), all.toArray(String[]::new))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
