package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderStoreTest {
    @TempDir
    Path folder;

    private final AtomicInteger fetches = new AtomicInteger();
    private Path jar;
    private Path cached;
    private ReleasedEncoder tiny;

    @BeforeEach
    void publish() throws IOException {
        jar = folder.resolve("tiny.jar");
        tiny = TinyRelease.write(jar);
        cached = folder.resolve("cache/encoders/tiny.uncased-1.0");
    }

    @Test
    void aReleasedEncoderBecomesADirectoryInHuggingFacesLayout() {
        EncoderFiles files = released();

        assertThat(files.config()).isEqualTo(TinyRelease.CONFIG);
        assertThat(files.lowerCase()).isTrue();
        assertThat(files.weights()).isEqualTo(cached.resolve("model.safetensors"));
        assertThat(files.fingerprint()).isEqualTo(FileDigest.sha256(files.weights()));
        assertThat(files.vocabulary()).hasFileName("vocab.txt").content().startsWith("[PAD]\n[UNK]\n");
        assertThat(cached).isDirectoryNotContaining("glob:**variables*");
        try (SafetensorsFile weights = SafetensorsFile.open(files.weights())) {
            assertThat(weights.names()).hasSize(TinyRelease.tensors().size());
            assertThat(weights.tensor("bert.embeddings.LayerNorm.weight").toFloats())
                    .containsExactly(56, 57, 58, 59);
            TensorData kernel = weights.tensor("bert.encoder.layer.0.intermediate.dense.weight");
            float first = kernel.toFloats()[0];
            assertThat(kernel.shape()).containsExactly(6L, 4L); // [out, in]
            assertThat(kernel.toFloats()).startsWith(first, first + 6, first + 12, first + 18, first + 1);
        }
    }

    @Test
    void laterStartsFetchNothing() {
        EncoderFiles first = released();
        assertThat(released()).isEqualTo(first);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aReadyCacheNeedsNoPermissionToWrite() throws IOException {
        EncoderFiles first = released();
        Files.delete(cached.resolveSibling(".lock"));
        assertThat(released()).isEqualTo(first);
        assertThat(cached.resolveSibling(".lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "vocab.txt", "config.json", "tokenizer_config.json"})
    void aDamagedOrMissingFileIsRepaired(String name) throws IOException {
        EncoderFiles first = released();
        Path file = cached.resolve(name);
        byte[] whole = Files.readAllBytes(file);

        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 4;
        Files.write(file, flipped);
        assertThat(released()).isEqualTo(first);
        assertThat(file).hasBinaryContent(whole);

        Files.write(file, new byte[] {whole[0]}, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(released()).isEqualTo(first);
        assertThat(file).hasBinaryContent(whole);

        Files.delete(file);
        assertThat(released()).isEqualTo(first);
        assertThat(file).hasBinaryContent(whole);
        assertThat(fetches).hasValue(4);
    }

    @Test
    void withoutAWholeRecordNothingIsBelieved() throws IOException {
        EncoderFiles first = released();
        Path record = cached.resolve("source.json");

        Files.writeString(record, Files.readString(record).substring(0, 100));
        assertThat(released()).isEqualTo(first);

        Files.writeString(record, "{}");
        assertThat(released()).isEqualTo(first);

        Files.delete(record);
        assertThat(released()).isEqualTo(first);
        assertThat(fetches).hasValue(4);
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        Path left = Files.createDirectories(folder.resolve("cache/encoders/.tiny.uncased-1.0.1234.tmp"));
        Files.writeString(left.resolve("variables.index"), "half");

        released();

        try (Stream<Path> all = Files.list(cached.getParent())) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", "tiny.uncased-1.0");
        }
    }

    @Test
    void anArtifactThatIsNotTheReleasedOneIsRefused() throws IOException {
        Files.write(jar, new byte[] {1}, StandardOpenOption.APPEND);
        refused(
                this::released,
                jar.toString(),
                "has the SHA-256",
                "expected " + tiny.sha256(),
                "delete it and run again");
        assertThat(cached).doesNotExist();
    }

    @Test
    void aSavedModelWithoutItsVariablesIsRefused() throws IOException {
        TinyRelease.writeJar(jar, new byte[0]);
        tiny = TinyRelease.describe(jar);
        refused(this::released, "its SavedModel lacks", "variables/variables.index");
    }

    @Test
    void weightsThatDontFitTheConfigurationAreNamedWithBothShapes() throws IOException {
        List<TensorData> tensors = TinyRelease.tensors().stream()
                .map(tensor -> tensor.name().endsWith("pooler/dense/bias")
                        ? TensorData.ofFloats(tensor.name(), new float[3], 3)
                        : tensor)
                .toList();
        TinyRelease.writeJar(jar, TinyRelease.savedModel(tensors));
        tiny = TinyRelease.describe(jar);
        refused(this::released, "tensor 'bert.pooler.dense.bias' is F32 [3], expected F32 [4]");
    }

    @Test
    void anUnknownNameSaysWhichWasMeant() {
        EncoderSource misspelt = new EncoderSource.Released("tiny.uncase");
        refused(() -> store().resolve(misspelt), "unknown encoder 'tiny.uncase'", "did you mean 'tiny.uncased'?");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithItsSetting() throws IOException {
        Path file = Files.createFile(folder.resolve("cache"));
        refused(this::released, "cannot write the cache " + file, "cache.dir");
    }

    @Test
    void aCacheWithoutPermissionIsNamedWithItsSetting() throws IOException {
        Path encoders = Files.createDirectories(cached.getParent());
        assumeTrue(
                Files.getFileStore(encoders).supportsFileAttributeView("posix"), "the file system has no permissions");
        Files.setPosixFilePermissions(encoders, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(encoders), "this user may write everywhere");
        refused(this::released, "cannot write the cache " + encoders, "no permission", "cache.dir");
    }

    @Test
    void aDirectoryOfTheCachedFormIsAnEncoder() {
        EncoderFiles first = released();
        assertThat(directory()).isEqualTo(first);
        assertThat(folder.resolve("cache/fingerprints")).doesNotExist();
    }

    @Test
    void aDirectoryThatNobodyRecordedIsFingerprintedOnceAndAgainWhenItChanges() throws IOException {
        EncoderFiles first = released();
        Files.delete(cached.resolve("source.json"));
        Files.delete(cached.resolve("tokenizer_config.json"));

        assertThat(directory()).isEqualTo(first);
        Path note;
        try (Stream<Path> notes = Files.list(folder.resolve("cache/fingerprints"))) {
            note = notes.findFirst().orElseThrow();
        }
        Files.writeString(note, Files.readString(note).replace(first.fingerprint(), "remembered"));
        assertThat(directory().fingerprint()).isEqualTo("remembered");

        flip(first.weights());
        assertThat(directory().fingerprint())
                .isEqualTo(FileDigest.sha256(first.weights()))
                .isNotEqualTo(first.fingerprint());

        Files.writeString(note, "{");
        assertThat(directory().fingerprint()).isEqualTo(FileDigest.sha256(first.weights()));
    }

    @Test
    void aDamagedDirectoryIsRefusedAndLeftAlone() throws IOException {
        Path weights = released().weights();
        flip(weights);
        byte[] damaged = Files.readAllBytes(weights);

        refused(this::directory, weights.toString(), "has the CRC-32C", "copy it again");
        assertThat(weights).hasBinaryContent(damaged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "vocab.txt", "config.json"})
    void aDirectoryThatLacksAFileNamesIt(String name) throws IOException {
        released();
        Files.delete(cached.resolve(name));
        refused(this::directory, cached.resolve(name) + " does not exist", "an encoder's directory needs config.json");
    }

    @Test
    void aMissingDirectoryIsNamed() {
        refused(this::directory, cached + " is no directory");
    }

    @Test
    void aDirectoryWithForeignWeightsNamesTheFirstThatItHas() throws IOException {
        EncoderFiles files = released();
        Files.delete(cached.resolve("source.json"));
        SafetensorsWriter.write(files.weights(), List.of(TensorData.ofFloats("other", new float[1], 1)), Map.of());
        refused(this::directory, "fits no known naming of BERT's weights: its first are 'other'");
    }

    @Test
    void aVocabularyLargerThanTheEmbeddingsIsRefused() throws IOException {
        released();
        Files.delete(cached.resolve("source.json"));
        Files.writeString(cached.resolve("vocab.txt"), "c\n", StandardOpenOption.APPEND);
        refused(this::directory, "vocab.txt has 8 word pieces, expected 1 to 7");
    }

    private EncoderFiles released() {
        return store().resolve(new EncoderSource.Released(TinyRelease.NAME));
    }

    private EncoderFiles directory() {
        return store().resolve(new EncoderSource.Directory(cached.toString()));
    }

    private EncoderStore store() {
        ArtifactSource source = (coordinates, progress) -> {
            fetches.incrementAndGet();
            return jar;
        };
        return new EncoderStore(
                folder.resolve("cache"), new ReleasedEncoders(List.of(tiny)), source, DownloadProgress.SILENT);
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    private static void refused(ThrowingCallable call, String... findings) {
        assertThatThrownBy(call).isInstanceOf(PaletteException.class).hasMessageContainingAll(findings);
    }
}
