package dev.palette.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("some.safetensors");
        TensorData matrix = TensorData.ofFloats("matrix", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        TensorData number = TensorData.ofFloats("number", new float[] {7});
        TensorData none = TensorData.ofFloats("none", new float[0], 0, 3);

        String checksum = SafetensorsWriter.write(file, List.of(matrix, none, number), Map.of("step", "12"));

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.names()).containsExactly("matrix", "none", "number");
            assertThat(read.metadata()).containsExactly(Map.entry("step", "12"));
            assertThat(read.entries()).containsExactly(matrix.entry(), none.entry(), number.entry());
            assertThat(read.tensor("matrix")).isEqualTo(matrix);
            assertThat(read.tensor("none")).isEqualTo(none);
            assertThat(read.tensor("number").toFloats()).containsExactly(7);
        }
        assertThat(checksum).isEqualTo(FileDigest.crc32c(file));
    }

    @Test
    void aFileMadeByHandAfterTheFormatsDescriptionIsRead() throws IOException {
        byte[] oneAndTwo = {0, 0, -128, 63, 0, 0, 0, 64};
        Path file = write("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", oneAndTwo);

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.tensor("a").toFloats()).containsExactly(1, 2);
        }
    }

    @Test
    void tensorsStayReadableAfterTheFileIsClosed() {
        Path file = folder.resolve("some.safetensors");
        SafetensorsWriter.write(file, List.of(TensorData.ofFloats("a", new float[] {1, 2}, 2)), Map.of());
        TensorData tensor;
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            tensor = read.tensor("a");
        }

        assertThat(tensor.toFloats()).containsExactly(1, 2);
        assertThat(tensor.bytes().isReadOnly()).isTrue();
        assertThat(tensor.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void everyValueIsAlignedToItsSize() throws IOException {
        Path file = folder.resolve("mixed.safetensors");
        TensorData flags =
                new TensorData("flags", ElementType.BOOL, List.of(3L), ByteBuffer.wrap(new byte[] {1, 0, 1}));
        TensorData ids = new TensorData("ids", ElementType.I64, List.of(1L), ByteBuffer.wrap(new byte[8]));

        SafetensorsWriter.write(file, List.of(flags, ids), Map.of());

        long header = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        assertThat(header % 8).isZero();
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.names()).containsExactly("ids", "flags");
        }
    }

    @Test
    void aTensorThatIsNotThereIsNamed() throws IOException {
        Path file = write("{}", new byte[0]);

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThatThrownBy(() -> read.tensor("b"))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("no tensor 'b'")
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("absent")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("absent does not exist");
    }

    @Test
    void twoTensorsOfOneNameAreRefused() {
        TensorData one = TensorData.ofFloats("a", new float[] {1}, 1);
        assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("f"), List.of(one, one), Map.of()))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("two tensors named 'a'");
        assertThat(folder.resolve("f")).doesNotExist();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9]}} | has 9 bytes, expected 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | expected it to begin at 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | end by 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | has 8 bytes of data, expected the 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | whole numbers of at least 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e99],\"data_offsets\":[0,8]}} | whole numbers of at least 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | more than any file can hold",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | has -8 bytes, expected 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}} | expected a begin and an end",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}} | has dtype \"F31\", expected one of",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}} | has no list shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | tensor 'b' lies at bytes 0 to 8",
                "{\"a\":1,\"a\":2} | Duplicate field 'a'",
                "{\"__metadata__\":{\"x\":1}} | metadata 'x' is no string",
                "[] | no JSON object",
                "{\"a | no valid JSON",
                "1e | no valid JSON",
            })
    void aHeaderThatContradictsItselfIsRefused(String header, String finding) throws IOException {
        Path file = write(header, new byte[8]);

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(finding)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @CsvSource({"-1", "9", "100000001", "9223372036854775807"})
    void aHeaderLongerThanTheFileIsRefusedBeforeMemoryIsTaken(long length) throws IOException {
        Path file = folder.resolve("hostile");
        Files.write(
                file,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("its header claims");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("empty"));
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("has 0 bytes, expected at least 8");
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("hand.safetensors"),
                bytes.putLong(text.length).put(text).put(data).array());
    }
}
