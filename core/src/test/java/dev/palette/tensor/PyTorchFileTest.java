package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under {@code torch/} were written by torch.save itself; its README has the program. */
class PyTorchFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt", "protocol4.pt", "zip_2.pt", "legacy_2.pt"})
    void everyTensorIsWhatItWasInPython(String name) throws IOException {
        try (TensorFile file = TensorFile.open(TorchFixture.path(name))) {
            assertThat(file.entries())
                    .extracting(TensorEntry::name)
                    .containsExactly(
                            "plain",
                            "parameter",
                            "tied.first",
                            "tied.second",
                            "transposed",
                            "column",
                            "rows",
                            "every.other",
                            "expanded",
                            "half",
                            "bfloat16",
                            "double",
                            "int64",
                            "bool",
                            "scalar",
                            "empty");
            assertThat(floats(file, "plain")).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(file.tensor("plain").shape()).containsExactly(2L, 3L);
            assertThat(floats(file, "parameter")).containsExactly(-1, 0, 1);
            assertThat(floats(file, "tied.first")).containsExactly(100, 101, 102, 103, 104, 105);
            assertThat(floats(file, "tied.second")).containsExactly(100, 101, 102, 103, 104, 105);
            assertThat(floats(file, "transposed"))
                    .containsExactly(0, 5, 10, 15, 1, 6, 11, 16, 2, 7, 12, 17, 3, 8, 13, 18, 4, 9, 14, 19);
            assertThat(file.tensor("transposed").shape()).containsExactly(5L, 4L);
            assertThat(floats(file, "column")).containsExactly(2, 7, 12, 17);
            assertThat(floats(file, "rows")).containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
            assertThat(floats(file, "every.other")).containsExactly(1, 3, 11, 13);
            assertThat(floats(file, "expanded")).containsExactly(0, 0, 1, 1, 2, 2);
            assertThat(floats(file, "scalar")).containsExactly(7);
            assertThat(file.tensor("scalar").shape()).isEmpty();
            assertThat(file.tensor("empty").shape()).containsExactly(0L, 3L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void otherNumbersKeepTheirTypeUntilTheyAreWidened(String name) throws IOException {
        try (TensorFile file = TensorFile.open(TorchFixture.path(name))) {
            assertThat(file.tensor("half").type()).isEqualTo(ElementType.F16);
            assertThat(file.tensor("half").toSinglePrecision().toFloats())
                    .containsExactly(1.5f, -0.0f, 65504, 0x1p-24f, Float.POSITIVE_INFINITY);
            assertThat(file.tensor("bfloat16").type()).isEqualTo(ElementType.BF16);
            assertThat(file.tensor("bfloat16").toSinglePrecision().toFloats())
                    .containsExactly(1.5f, -2, 3.140625f, Float.intBitsToFloat(0x714a << 16));
            assertThat(file.tensor("double").toSinglePrecision().toFloats()).containsExactly(0.1f, 0.2f);
            ByteBuffer whole = file.tensor("int64").bytes();
            assertThat(List.of(whole.getLong(), whole.getLong(), whole.getLong(), whole.getLong()))
                    .containsExactly(1L, -2L, 1L << 40, 0L);
            assertThat(file.tensor("bool").bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 0}));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void tensorsThatShareTheirNumbersAreKnown(String name) throws IOException {
        try (TensorFile file = TensorFile.open(TorchFixture.path(name))) {
            assertThat(file.aliases()).containsExactly(Map.entry("tied.second", "tied.first"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested.pt", "nested_legacy.pt", "nested_2.pt"})
    void aDictionaryOneLevelDownIsTakenAndNamed(String name) throws IOException {
        try (TensorFile file = TensorFile.open(TorchFixture.path(name))) {
            assertThat(file.format()).endsWith(", of it 'model'");
            assertThat(file.entries())
                    .extracting(TensorEntry::layout)
                    .containsExactly("F32 [2, 3]", "F32 [2]", "F32 [2]", "F32 [2]");
            assertThat(floats(file, "1.bias")).containsExactly(30, 31);
        }
    }

    @Test
    void severalDictionariesAreNotChosenFrom() {
        refused("two.pt", "holds several dictionaries of tensors, [model, ema]");
    }

    @ParameterizedTest
    @CsvSource({
        "code.pt, posix.system",
        "module.pt, torch.nn.modules.container.Sequential",
    })
    void whatIsNoTensorIsRefusedByName(String name, String what) {
        refused(name, "holds " + what + ", which is neither a tensor nor a plain container");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip.pt", "legacy.pt"})
    void aTruncatedFileIsRefusedWhateverIsLeft(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TorchFixture.path(name));
        Path file = folder.resolve(name);
        for (int left = 0; left < whole.length; left += left < 64 ? 1 : 7) {
            Files.write(file, Arrays.copyOf(whole, left));
            assertThatThrownBy(() -> TensorFile.open(file).close())
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void everyHalfIsWidenedToItsValue() {
        float[] all = new float[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = HalfFloat.toFloat((short) i);
        }
        assertThat(all[0x3c00]).isEqualTo(1);
        assertThat(all[0xc000]).isEqualTo(-2);
        assertThat(all[0x0001]).isEqualTo(0x1p-24f);
        assertThat(all[0x03ff]).isEqualTo(1023 * 0x1p-24f);
        assertThat(all[0x0400]).isEqualTo(0x1p-14f);
        assertThat(all[0xfc00]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(all[0x7e00]).isNaN();
        assertThat(IntStream.range(1, 0x7c01).allMatch(i -> all[i] > all[i - 1]))
                .isTrue();
    }

    private static float[] floats(TensorFile file, String name) {
        return file.tensor(name).toFloats();
    }

    private static void refused(String name, String finding) {
        assertThatThrownBy(() -> TensorFile.open(TorchFixture.path(name)).close())
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(finding);
    }
}
