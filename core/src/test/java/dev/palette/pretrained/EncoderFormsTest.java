package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.BertNames;
import dev.palette.tensor.BundleWriter;
import dev.palette.tensor.ElementType;
import dev.palette.tensor.PyTorchWriter;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One encoder in every form that others publish it in. */
class EncoderFormsTest {
    private static final String VOCABULARY = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void choosePlace() throws IOException {
        folder = Files.createDirectories(temporary.resolve("encoder"));
    }

    @Test
    void googlesDirectory() throws IOException {
        write("bert_config.json", config());
        write("vocab.txt", VOCABULARY);
        List<TensorData> tensors = new ArrayList<>(renamed(name -> name.replace("module/", ""), TinyRelease.tensors()));
        tensors.add(TensorData.ofFloats("bert/pooler/dense/kernel/adam_m", new float[16], 4, 4));
        tensors.add(TensorData.ofFloats("global_step", new float[] {9}));
        tensors.add(TensorData.ofFloats("output_weights", new float[8], 2, 4));
        BundleWriter.of(tensors).write(folder.resolve("bert_model.ckpt"));

        assertIsTheEncoder(resolve());
        try (SafetensorsFile weights = SafetensorsFile.open(resolve().weights())) {
            assertThat(weights.names())
                    .contains("classifier.weight")
                    .noneMatch(name -> name.contains("adam") || name.contains("step"));
        }
    }

    @Test
    void aSavedModel() throws IOException {
        write("bert_config.json", config());
        Files.createDirectories(folder.resolve("assets"));
        write("assets/vocab.txt", VOCABULARY);
        BundleWriter.of(TinyRelease.tensors()).write(folder.resolve("variables/variables"));
        assertIsTheEncoder(resolve());
    }

    @Test
    void huggingFacesDirectory() throws IOException {
        write("config.json", config());
        write("vocab.txt", VOCABULARY);
        write("tokenizer_config.json", "{\"do_lower_case\": false, \"model_max_length\": 512}");
        SafetensorsWriter.write(folder.resolve("model.safetensors"), encoder(), Map.of("format", "pt"));

        EncoderFiles files = resolve();
        assertIsTheEncoder(files);
        assertThat(files.weights()).isEqualTo(folder.resolve("model.safetensors"));
        assertThat(files.lowerCase()).isFalse();
    }

    @Test
    void huggingFacesModelWithoutPrefixInHalfPrecisionWithATokenizerAlone() throws IOException {
        write("config.json", config());
        write("tokenizer.json", tokenizer("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"));
        List<TensorData> halves = renamed(BertNames::withoutPrefix, encoder()).stream()
                .map(EncoderFormsTest::asBfloat16)
                .toList();
        SafetensorsWriter.write(folder.resolve("model.safetensors"), halves, Map.of("format", "pt"));

        EncoderFiles files = resolve();
        assertIsTheEncoder(files);
        assertThat(files.vocabulary()).hasContent(VOCABULARY);
        assertThat(files.lowerCase()).isFalse();
    }

    @Test
    void theOriginalsPyTorchDirectory() throws IOException {
        write("bert_config.json", config());
        write("vocab.txt", VOCABULARY);
        writePyTorch(
                "pytorch_model.bin", renamed(name -> BertNames.withoutPrefix(BertNames.toOriginal(name)), encoder()));
        assertIsTheEncoder(resolve());
    }

    @Test
    void allFormsOfOneEncoderHaveOneFingerprint() throws IOException {
        googlesDirectory();
        Path google = Files.move(folder, temporary.resolve("google"));
        Files.createDirectory(folder);
        write("bert_config.json", config());
        write("vocab.txt", VOCABULARY);
        BundleWriter.of(TinyRelease.tensors()).write(folder.resolve("bert_model.ckpt"));
        String fingerprint = resolve().fingerprint();
        Path other = Files.createDirectory(temporary.resolve("other"));
        BundleWriter.of(renamed(name -> name.replace("module/", ""), TinyRelease.tensors()))
                .write(other.resolve("model"));
        EncoderFiles named = store().resolve(new EncoderSource.Parts(
                google.resolve("bert_config.json").toString(),
                google.resolve("vocab.txt").toString(),
                other.resolve("model").toString(),
                true));
        assertThat(named.fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void filesThatLieApartAreAnEncoderWithItsHeads() throws IOException {
        Path apart = Files.createDirectory(temporary.resolve("apart"));
        Files.writeString(apart.resolve("pals_config.json"), config());
        write("vocab.txt", VOCABULARY);
        List<TensorData> model = new ArrayList<>(renamed(BertNames::toOriginal, encoder()));
        model.add(TensorData.ofFloats("classifier.0.weight", new float[8], 2, 4));
        model.add(TensorData.ofFloats("bert.encoder.mult_aug_dense.0.weight", new float[8], 2, 4));
        writePyTorch("best_model.pth", model);

        EncoderFiles files = store().resolve(new EncoderSource.Parts(
                apart.resolve("pals_config.json").toString(),
                folder.resolve("vocab.txt").toString(),
                folder.resolve("best_model.pth").toString(),
                false));

        assertIsTheEncoder(files);
        assertThat(files.lowerCase()).isFalse();
        try (SafetensorsFile weights = SafetensorsFile.open(files.weights())) {
            assertThat(weights.names()).contains("classifier.0.weight", "bert.encoder.mult_aug_dense.0.weight");
        }
    }

    @Test
    void aChangedFileIsConvertedAgainAndAnUnchangedOneIsNot() throws IOException {
        theOriginalsPyTorchDirectory();
        EncoderFiles first = resolve();
        assertThat(resolve()).isEqualTo(first);

        List<TensorData> changed = new ArrayList<>(encoder());
        changed.set(0, TensorData.ofFloats(changed.get(0).name(), new float[28], 7, 4));
        writePyTorch("pytorch_model.bin", changed);
        EncoderFiles second = resolve();
        assertThat(second.fingerprint())
                .isNotEqualTo(first.fingerprint())
                .isEqualTo(FileDigest.sha256(second.weights()));

        write("tokenizer_config.json", "{\"do_lower_case\": false}");
        assertThat(resolve().lowerCase()).isFalse();
        assertThat(resolve().fingerprint()).isEqualTo(second.fingerprint());
    }

    @Test
    void aVocabularyWithUpperCaseIsOfCasedText() throws IOException {
        theOriginalsPyTorchDirectory();
        assertThat(resolve().lowerCase()).isTrue();
        write("vocab.txt", VOCABULARY.replace("b\n", "B\n"));
        assertThat(resolve().lowerCase()).isFalse();
    }

    @Test
    void whatIsNotThereOrDoesNotFitIsNamed() throws IOException {
        write("bert_config.json", config());
        write("vocab.txt", VOCABULARY);
        refused(
                this::resolve,
                "model.safetensors does not exist, and none of [model.safetensors.index.json, pytorch_model.bin, bert_model.ckpt");

        writePyTorch(
                "pytorch_model.bin",
                List.of(TensorData.ofFloats("a", new float[1]), TensorData.ofFloats("b", new float[1])));
        refused(
                this::resolve,
                "pytorch_model.bin (PyTorch archive, 2 tensors) fits no known naming",
                "first are 'a', 'b'");

        writePyTorch("pytorch_model.bin", encoder());
        write("bert_config.json", config().replace("\"intermediate_size\": 6", "\"intermediate_size\": 7"));
        refused(
                this::resolve,
                "pytorch_model.bin: tensor 'bert.encoder.layer.0.intermediate.dense.weight' is F32 [6, 4], expected F32 [7, 4]",
                "bert_config.json");

        write("bert_config.json", config().replace("\"num_hidden_layers\": 1", "\"num_hidden_layers\": 2"));
        refused(
                this::resolve,
                "tensor 'bert.encoder.layer.1.attention.self.query.weight' is missing, expected F32 [4, 4]");

        Files.write(
                folder.resolve("pytorch_model.bin"),
                new byte[] {'P', 'K', 3, 4, 0},
                StandardOpenOption.TRUNCATE_EXISTING);
        refused(this::resolve, "pytorch_model.bin is no intact PyTorch file");
        assertThat(temporary.resolve("cache/encoders")).isDirectoryNotContaining("glob:**converted*");
    }

    @Test
    void moreLayersThanTheConfigurationSaysAreRefused() throws IOException {
        write("bert_config.json", config());
        write("vocab.txt", VOCABULARY);
        List<TensorData> tensors = new ArrayList<>(encoder());
        tensors.add(TensorData.ofFloats("bert.encoder.layer.1.output.dense.bias", new float[4], 4));
        writePyTorch("pytorch_model.bin", tensors);
        refused(this::resolve, "'bert.encoder.layer.1.output.dense.bias' has no place in the 1 layers of");
    }

    @Test
    void aTokenizerThatDoesNotFitIsRefused() throws IOException {
        write("config.json", config());
        SafetensorsWriter.write(folder.resolve("model.safetensors"), encoder(), Map.of());
        write(
                "tokenizer.json",
                tokenizer("a", "b", "c", "d", "e", "f", "g", "h").replace("WordPiece", "BPE"));
        refused(this::resolve, "tokenizer.json has 8 pieces, expected 1 to 7");
        write("tokenizer.json", tokenizer("a", "b").replace("\"b\": 1", "\"b\": 5"));
        refused(this::resolve, "word piece 'b' has the id 5, expected each of 0 to 1 once");
    }

    /** Shapes of BERT-large (Devlin et al. 2019): 24 layers, 335 million values. */
    @Test
    void bertLargeIsASizeLikeAnyOther() {
        BertConfig large = new BertConfig(30522, 1024, 24, 16, 4096, 512, 2, 0.1, 0.1, 1e-12);
        assertThat(EncoderTensors.of(large)).hasSize(391);
        assertThat(EncoderTensors.of(large).stream()
                        .mapToLong(tensor -> tensor.size())
                        .sum())
                .isEqualTo(335_141_888);
    }

    private void assertIsTheEncoder(EncoderFiles files) {
        assertThat(files.config()).isEqualTo(TinyRelease.CONFIG);
        assertThat(files.fingerprint()).isEqualTo(FileDigest.sha256(files.weights()));
        try (SafetensorsFile weights = SafetensorsFile.open(files.weights())) {
            for (TensorData expected : encoder()) {
                assertThat(weights.tensor(expected.name())).isEqualTo(expected);
            }
        }
    }

    private EncoderFiles resolve() {
        return store().resolve(new EncoderSource.Directory(folder.toString()));
    }

    private EncoderStore store() {
        ArtifactSource none = (coordinates, progress) -> {
            throw new IllegalStateException("nothing is fetched");
        };
        return new EncoderStore(
                temporary.resolve("cache"), new ReleasedEncoders(List.of()), none, DownloadProgress.SILENT);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void writePyTorch(String name, List<TensorData> tensors) {
        Map<String, TensorData> byName = tensors.stream().collect(Collectors.toMap(TensorData::name, t -> t));
        PyTorchWriter.write(
                folder.resolve(name),
                tensors.stream().map(TensorData::entry).toList(),
                entry -> byName.get(entry.name()),
                Map.of());
    }

    /** The tensors as they stand in Palette: kernels transposed, names Hugging Face's. */
    private static List<TensorData> encoder() {
        return TinyRelease.tensors().stream()
                .map(tensor -> BertNames.dataFromTensorFlow(
                        tensor, BertNames.fromTensorFlow(tensor.name()).orElseThrow()))
                .toList();
    }

    private static List<TensorData> renamed(UnaryOperator<String> name, List<TensorData> tensors) {
        return tensors.stream()
                .map(tensor -> tensor.named(name.apply(tensor.name())))
                .toList();
    }

    private static TensorData asBfloat16(TensorData tensor) {
        float[] values = tensor.toFloats(); // whole numbers below 256: bfloat16 has them exactly
        ByteBuffer halves = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            halves.putShort((short) (Float.floatToIntBits(value) >> 16));
        }
        return new TensorData(tensor.name(), ElementType.BF16, tensor.shape(), halves.flip());
    }

    private static String tokenizer(String... pieces) {
        List<String> vocabulary = new ArrayList<>();
        for (String piece : pieces) {
            vocabulary.add("\"%s\": %d".formatted(piece, vocabulary.size()));
        }
        return "{\"normalizer\": {\"lowercase\": false}, \"model\": {\"type\": \"WordPiece\", \"vocab\": {%s}}}"
                .formatted(String.join(", ", vocabulary));
    }

    private static String config() {
        return "{\"hidden_act\": \"gelu\", \"initializer_range\": 0.02, "
                + Stream.of(
                                "vocab_size 7",
                                "hidden_size 4",
                                "num_hidden_layers 1",
                                "num_attention_heads 2",
                                "intermediate_size 6",
                                "max_position_embeddings 5",
                                "type_vocab_size 2")
                        .map(size -> "\"%s\": %s".formatted((Object[]) size.split(" ")))
                        .collect(Collectors.joining(", "))
                + "}";
    }

    private static void refused(ThrowingCallable call, String... findings) {
        assertThatThrownBy(call).isInstanceOf(PaletteException.class).hasMessageContainingAll(findings);
    }
}
