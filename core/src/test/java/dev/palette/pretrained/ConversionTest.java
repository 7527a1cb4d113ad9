package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.pretrained.ConversionReport.Converted;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.BertNaming;
import dev.palette.tensor.BundleWriter;
import dev.palette.tensor.PyTorchWriter;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorEntry;
import dev.palette.tensor.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {
    private static final String QUERY = "encoder.layer.0.attention.self.query.weight";

    @TempDir
    Path folder;

    private Path google;

    @BeforeEach
    void publish() throws IOException {
        List<TensorData> tensors = new ArrayList<>(TinyRelease.tensors().stream()
                .map(tensor -> tensor.named(tensor.name().replace("module/", "")))
                .toList());
        tensors.add(TensorData.ofFloats("cls/predictions/output_bias", new float[7], 7));
        tensors.add(TensorData.ofFloats("global_step", new float[] {9}));
        google = BundleWriter.of(tensors).write(folder.resolve("google/bert_model.ckpt"));
        Files.writeString(folder.resolve("google/bert_config.json"), BertConfigFile.write(TinyRelease.CONFIG));
        Files.writeString(folder.resolve("google/vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n");
    }

    @Test
    void aCheckpointBecomesTheOriginalsEncoder() {
        ConversionReport report = convert(google, "model.bin");

        try (TensorFile written = open("model.bin")) {
            assertThat(names(written))
                    .hasSize(23)
                    .startsWith("embeddings.word_embeddings.weight")
                    .contains("embeddings.LayerNorm.gamma", QUERY, "encoder.layer.0.output.LayerNorm.beta")
                    .endsWith("pooler.dense.weight", "pooler.dense.bias");
            try (TensorFile source = TensorFile.open(google)) {
                float[] kernel = source.tensor("bert/encoder/layer_0/intermediate/dense/kernel")
                        .toFloats(); // [4, 6]
                assertThat(written.tensor("encoder.layer.0.intermediate.dense.weight")
                                .toFloats())
                        .startsWith(kernel[0], kernel[6], kernel[12], kernel[18], kernel[1]);
            }
        }
        assertThat(report.tensors())
                .contains(new Converted("bert/encoder/layer_0/attention/self/query/kernel", QUERY, true, false));
        assertThat(report.missing()).isEmpty();
        assertThat(report.leftOver()).containsExactly("cls/predictions/output_bias", "global_step");
    }

    @Test
    void theReportCountsAndNames() {
        assertThat(convert(google, "model.bin").text().lines())
                .contains(
                        "read %s.index: TensorFlow checkpoint, Google's names".formatted(google),
                        "wrote %s: PyTorch archive, the original's names: 23 tensors"
                                .formatted(folder.resolve("model.bin")),
                        "renamed 23, transposed 7, widened to single precision 0",
                        "  bert/encoder/layer_*/attention/self/query/kernel -> encoder.layer.*.attention.self.query.weight, transposed",
                        "missing 0",
                        "left over 2",
                        "  cls/predictions/output_bias",
                        "  global_step");
    }

    @Test
    void everyFormComesBackFromEveryOther() {
        convert(google, "first.safetensors");
        convert(folder.resolve("first.safetensors"), "second.bin", BertNaming.HUGGING_FACE);
        convert(folder.resolve("second.bin"), "third", google.getParent());
        convert(folder.resolve("third"), "fourth.pth");
        convert(folder.resolve("fourth.pth"), "fifth.safetensors");

        try (TensorFile first = open("first.safetensors");
                TensorFile last = open("fifth.safetensors")) {
            assertThat(names(first)).contains("bert." + QUERY, "cls.predictions.bias");
            assertThat(names(last)).contains("bert." + QUERY).doesNotContain("cls.predictions.bias");
            for (TensorEntry entry : last.entries()) {
                assertThat(last.tensor(entry.name())).isEqualTo(first.tensor(entry.name()));
            }
        }
        assertThat(folder.resolve("third"))
                .isDirectoryContaining("glob:**config.json")
                .isDirectoryContaining("glob:**vocab.txt")
                .isDirectoryContaining("glob:**tokenizer_config.json");
    }

    @Test
    void aWholeModelKeepsItsHeadsItsAdaptersAndWhatTheyShare() {
        convert(google, "encoder.bin", BertNaming.HUGGING_FACE);
        Path model = folder.resolve("best_model.pth");
        TensorData shared = TensorData.ofFloats("bert.encoder.mult_aug_dense.0.weight", new float[8], 2, 4);
        String second = "bert.encoder.layer.0.multi_layers.0.aug_dense.weight";
        try (TensorFile encoder = open("encoder.bin")) {
            List<TensorEntry> entries = new ArrayList<>(encoder.entries());
            entries.add(shared.entry());
            entries.add(shared.entry().named(second));
            entries.add(new TensorEntry("classifier.0.bias", shared.type(), List.of(2L)));
            PyTorchWriter.write(
                    model,
                    entries,
                    entry -> entry.name().startsWith("classifier")
                            ? TensorData.ofFloats(entry.name(), new float[2], 2)
                            : entry.equals(shared.entry()) ? shared : encoder.tensor(entry.name()),
                    Map.of(second, shared.name()));
        }
        convert(model, "model.safetensors");
        convert(folder.resolve("model.safetensors"), "again.pth");
        for (String name : List.of("model.safetensors", "again.pth")) {
            try (TensorFile written = open(name)) {
                assertThat(names(written)).contains("classifier.0.bias", second, shared.name());
                assertThat(written.aliases())
                        .hasSize(1)
                        .containsAnyOf(Map.entry(second, shared.name()), Map.entry(shared.name(), second));
                assertThat(written.tensor(second).toFloats()).containsExactly(shared.toFloats());
            }
        }
        try (TensorFile again = open("again.pth")) {
            assertThat(names(again)).contains("bert.embeddings.LayerNorm.gamma");
        }
    }

    @Test
    void whatIsMissingIsSaidAndForTheEncoderAloneRefused() throws IOException {
        List<TensorData> tensors = TinyRelease.tensors().stream()
                .filter(tensor -> !tensor.name().contains("pooler"))
                .toList();
        Path partial = BundleWriter.of(tensors).write(folder.resolve("partial/bert_model.ckpt"));
        assertThat(convert(partial, "model.bin").missing())
                .containsExactly("bert.pooler.dense.weight", "bert.pooler.dense.bias");

        ConversionRequest alone = new ConversionRequest(
                partial, folder.resolve("other.bin"), null, folder.resolve("google/bert_config.json"), null, true);
        assertThatThrownBy(() -> Conversion.run(alone))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("has no tensor 'bert.pooler.dense.weight', which the encoder needs, and lacks 2");
        assertThat(folder.resolve("other.bin")).doesNotExist();
    }

    @Test
    void badInputLeavesTheDestinationAsItWas() throws IOException {
        Path destination = Files.writeString(folder.resolve("model.bin"), "precious");
        Path config = folder.resolve("google/bert_config.json");
        Files.writeString(config, Files.readString(config).replace("\"hidden_size\" : 4", "\"hidden_size\" : 6"));
        assertThatThrownBy(() -> Conversion.run(new ConversionRequest(google, destination, null, config, null, false)))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("is F32 [4], expected F32 [6] by " + config);

        Path data = folder.resolve("google/bert_model.ckpt.data-00000-of-00001");
        byte[] damaged = Files.readAllBytes(data);
        damaged[damaged.length / 2] ^= 1;
        Files.write(data, damaged);
        assertThatThrownBy(() -> convert(google, "model.bin"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("checksum");
        assertThat(destination).hasContent("precious");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.ckpt", "model.h5", "model.onnx"})
    void formatsThatAreNotWrittenAreRefused(String name) {
        assertThatThrownBy(() -> convert(google, name))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("expected .safetensors, .bin, .pth, .pt or a directory");
    }

    @Test
    void aDirectoryThatExistsIsLeftAlone() {
        assertThatThrownBy(() -> convert(google, "google")).hasMessageContaining("google exists already");
        assertThatThrownBy(() -> convert(google, "new", BertNaming.ORIGINAL)).hasMessageContaining("cannot have");
    }

    private ConversionReport convert(Path source, String destination) {
        return convert(source, destination, (BertNaming) null);
    }

    private ConversionReport convert(Path source, String destination, @Nullable BertNaming naming) {
        return Conversion.run(new ConversionRequest(source, folder.resolve(destination), naming, null, null, false));
    }

    private void convert(Path source, String destination, Path beside) {
        Conversion.run(new ConversionRequest(
                source,
                folder.resolve(destination),
                null,
                beside.resolve("bert_config.json"),
                beside.resolve("vocab.txt"),
                false));
    }

    private TensorFile open(String name) {
        return TensorFile.open(folder.resolve(name));
    }

    private static List<String> names(TensorFile file) {
        return file.entries().stream().map(TensorEntry::name).collect(Collectors.toList());
    }
}
