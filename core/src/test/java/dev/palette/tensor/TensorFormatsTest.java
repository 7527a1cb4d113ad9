package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorFormatsTest {
    private static final TensorData TENSOR = TensorData.ofFloats("a", new float[] {1, 2}, 2);

    @TempDir
    Path folder;

    @Test
    void aFileIsKnownByItsContentWhateverItsName() throws IOException {
        for (String fixture : List.of("zip.pt", "legacy.pt")) {
            Path renamed = Files.copy(TorchFixture.path(fixture), folder.resolve(fixture + ".safetensors"));
            assertFormat(renamed, "PyTorch");
        }
        SafetensorsWriter.write(folder.resolve("model.bin"), List.of(TENSOR), Map.of());
        assertFormat(folder.resolve("model.bin"), "safetensors file");
    }

    /** The header's length is the file's first number: its first byte may be that of a pickle. */
    @Test
    void safetensorsAreKnownWhateverTheLengthOfTheirHeader() {
        for (int length = 0; length < 2048; length += 8) {
            Path file = folder.resolve("f");
            SafetensorsWriter.write(file, List.of(TENSOR), Map.of("note", "x".repeat(length)));
            assertFormat(file, "safetensors file");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "saved",
                "saved/variables/variables",
                "saved/variables/variables.index",
                "saved/variables/variables.data-00000-of-00001",
                "checkpoint"
            })
    void aCheckpointIsItsPrefixAnyOfItsFilesOrItsFolder(String name) throws IOException {
        BundleWriter.of(List.of(TENSOR)).write(folder.resolve("saved/variables/variables"));
        BundleWriter.of(List.of(TENSOR)).write(folder.resolve("checkpoint/model.ckpt-7"));
        assertFormat(folder.resolve(name), "TensorFlow checkpoint");
    }

    @Test
    void whatIsNoTensorFileSaysWhatWouldBe() throws IOException {
        refused(folder.resolve("absent"), "absent does not exist, expected a safetensors file, a PyTorch file");
        refused(folder, "holds 0 TensorFlow checkpoints");
        for (String text : List.of("", "a", "version https://git-lfs.github.com/spec/v1")) {
            refused(Files.writeString(folder.resolve("text"), text), "text is of no known format");
        }
    }

    private static void assertFormat(Path path, String format) {
        try (TensorFile file = TensorFile.open(path)) {
            assertThat(file.format()).startsWith(format);
        }
    }

    private static void refused(Path path, String finding) {
        assertThatThrownBy(() -> TensorFile.open(path).close())
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(finding);
    }
}
