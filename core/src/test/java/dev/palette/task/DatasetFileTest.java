package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What is read from a file is what was written into it, or nothing. */
class DatasetFileTest {
    private static final String KEY = "layout 1\ntexts";
    private static final DatasetArrays ARRAYS = DatasetArrays.of(
            List.of(TensorData.ofInts("pieces", 101, 2_000, 102), TensorData.ofDoubles("labels", 1, 0.1, Double.NaN)),
            List.of("2 rows left out", "and one more"));

    private static Path folder;
    private static byte[] whole;

    @BeforeContainer
    static void write() throws IOException {
        folder = Files.createTempDirectory("datasets");
        DatasetFile.write(folder.resolve("whole"), KEY, ARRAYS);
        whole = Files.readAllBytes(folder.resolve("whole"));
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.deleteIfExists(folder.resolve("changed"));
        Files.delete(folder.resolve("whole"));
        Files.delete(folder);
    }

    @Example
    void arraysAndRemarksComeBack() {
        DatasetArrays read = DatasetFile.read(folder.resolve("whole"), KEY);
        assertThat(read.copy("pieces", 3)).containsExactly(101, 2_000, 102);
        assertThat(read.doubles("labels", 3)).containsExactly(1, 0.1, Double.NaN);
        assertThat(read.remarks()).isEqualTo(ARRAYS.remarks());
    }

    @Example
    void aFileOfAnotherKeyIsRefused() {
        assertThatThrownBy(() -> DatasetFile.read(folder.resolve("whole"), "layout 2\ntexts"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(folder.resolve("whole") + " was made for 'layout 1");
    }

    @Property(tries = 1_000)
    void aChangedByteIsFound(
            @ForAll @IntRange(max = 10_000) int place, @ForAll @IntRange(min = 1, max = 255) int change)
            throws IOException {
        byte[] changed = whole.clone();
        changed[place % changed.length] ^= (byte) change;
        isRefusedOrTheSame(changed);
    }

    @Property(tries = 300)
    void aShortenedFileIsFound(@ForAll @IntRange(max = 10_000) int length) throws IOException {
        byte[] cut = Arrays.copyOf(whole, length % whole.length);
        assertThatThrownBy(() -> DatasetFile.read(changed(cut), KEY)).isInstanceOf(PaletteException.class);
    }

    @Property(tries = 300)
    void anExchangedStretchIsFound(@ForAll @IntRange(max = 10_000) int from, @ForAll byte[] bytes) throws IOException {
        byte[] changed = whole.clone();
        int start = from % changed.length;
        System.arraycopy(bytes, 0, changed, start, Math.min(bytes.length, changed.length - start));
        isRefusedOrTheSame(changed);
    }

    @Property(tries = 300)
    void anyBytesAtAllAreNoDataset(@ForAll byte[] bytes) throws IOException {
        assertThatThrownBy(() -> DatasetFile.read(changed(bytes), KEY)).isInstanceOf(PaletteException.class);
    }

    @Example
    void aHeaderThatClaimsMoreThanTheFileHoldsIsRefusedBeforeAnythingIsMapped() throws IOException {
        String header = "{\"pieces\":{\"dtype\":\"I32\",\"shape\":[1152921504606846975],"
                + "\"data_offsets\":[0,4611686018427387900]}}";
        ByteBuffer file = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> DatasetFile.read(changed(file.array()), KEY))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("tensor 'pieces'");
    }

    /** A blank of the header's padding may become a line end: that is no damage. */
    private static void isRefusedOrTheSame(byte[] bytes) throws IOException {
        Path file = changed(bytes);
        DatasetArrays read;
        try {
            read = DatasetFile.read(file, KEY);
        } catch (PaletteException refused) {
            return;
        }
        assertThat(read.copy("pieces", 3)).containsExactly(101, 2_000, 102);
        assertThat(read.doubles("labels", 3)).containsExactly(1, 0.1, Double.NaN);
        assertThat(read.remarks()).isEqualTo(ARRAYS.remarks());
    }

    private static Path changed(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("changed"), bytes);
    }
}
