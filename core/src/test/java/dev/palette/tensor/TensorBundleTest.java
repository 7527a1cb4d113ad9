package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorBundleTest {
    @TempDir
    Path folder;

    private Path prefix;

    @BeforeEach
    void choosePlace() {
        prefix = folder.resolve("variables");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void whatTensorFlowsFormatHoldsIsRead(int blockEntries) throws IOException {
        List<TensorData> tensors = List.of(
                TensorData.ofFloats("bert/embeddings/LayerNorm/beta", new float[] {1, -2}, 2),
                TensorData.ofFloats("bert/embeddings/LayerNorm/gamma", new float[] {3, 4}, 2),
                TensorData.ofFloats("bert/embeddings/word_embeddings", new float[] {5, 6, 7, 8, 9, 10}, 3, 2),
                TensorData.ofFloats("global", new float[] {11}));
        BundleWriter.of(tensors).blockEntries(blockEntries).write(prefix);

        try (TensorBundle bundle = TensorBundle.open(prefix)) {
            assertThat(bundle.entries())
                    .containsExactlyElementsOf(
                            tensors.stream().map(TensorData::entry).toList());
            for (TensorData tensor : tensors) {
                assertThat(bundle.tensor(tensor.name())).isEqualTo(tensor);
            }
        }
    }

    @Test
    void tensorsMayBeSpreadOverSeveralDataFiles() throws IOException {
        byte[] values = {0, 0, (byte) 0x80, 0x3f}; // 1.0
        byte[] entry = BundleWriter.entry(1, List.of(1L), 0, 4, BundleWriter.maskedCrc(values));
        byte[] inSecond = Arrays.copyOf(entry, entry.length + 2);
        inSecond[entry.length] = 0x18; // shard_id
        inSecond[entry.length + 1] = 1;
        BundleWriter.of(List.of(TensorData.ofFloats("a", new float[] {1, 2}, 2)))
                .put("", new byte[] {0x08, 2}) // two data files
                .put("b", inSecond)
                .write(prefix);
        Files.move(folder.resolve("variables.data-00000-of-00001"), folder.resolve("variables.data-00000-of-00002"));
        Files.write(folder.resolve("variables.data-00001-of-00002"), values);

        try (TensorBundle bundle = TensorBundle.open(prefix)) {
            assertThat(bundle.tensor("a").toFloats()).containsExactly(1, 2);
            assertThat(bundle.tensor("b").toFloats()).containsExactly(1);
        }
    }

    @Test
    void stringTensorsAreLeftOut() throws IOException {
        new BundleWriter()
                .put("graph", BundleWriter.entry(7, List.of(), 0, 5, 0))
                .write(prefix);
        try (TensorBundle bundle = TensorBundle.open(prefix)) {
            assertThat(bundle.entries()).isEmpty();
        }
    }

    @Test
    void aFlippedBitInTheDataNamesTheTensor() throws IOException {
        example();
        flip(folder.resolve("variables.data-00000-of-00001"), 5);
        try (TensorBundle bundle = TensorBundle.open(prefix)) {
            refused(() -> bundle.tensor("a"), "checksum of tensor 'a' is wrong");
        }
    }

    @Test
    void everyFlippedBitInTheIndexIsFound() throws IOException {
        example();
        Path index = folder.resolve("variables.index");
        int padding = 48 - 8 - 4; // the footer's two handles are 4 bytes here; what pads them means nothing
        long size = Files.size(index);
        for (int at = 0; at < size; at++) {
            if (at < size - 8 - padding || at >= size - 8) {
                flip(index, at);
                refused(() -> TensorBundle.open(prefix).close(), "variables.index");
                flip(index, at);
            }
        }
    }

    @Test
    void aTruncatedFileIsRefusedWhateverIsLeft() throws IOException {
        example();
        Path index = folder.resolve("variables.index");
        byte[] whole = Files.readAllBytes(index);
        for (int left = 0; left < whole.length; left++) {
            Files.write(index, Arrays.copyOf(whole, left));
            refused(() -> TensorBundle.open(prefix).close(), "variables.index");
        }
        Files.write(index, whole);
        Files.write(folder.resolve("variables.data-00000-of-00001"), new byte[7]);
        refused(
                () -> TensorBundle.open(prefix).close(),
                "tensor 'a' is said to be at bytes 0 and the next 8; the file has 7");
    }

    @Test
    void garbageNeverDoesMoreThanBeRefused() throws IOException {
        example();
        Path index = folder.resolve("variables.index");
        byte[] whole = Files.readAllBytes(index);
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] broken = whole.clone();
            for (int i = 0; i < 40; i++) {
                broken[random.nextInt(broken.length - 8)] = (byte) random.nextInt();
            }
            Files.write(index, broken);
            refused(() -> TensorBundle.open(prefix).close(), "variables.index");
        }
    }

    @Test
    void placesOutsideTheDataAreRefusedEvenWithRightChecksums() throws IOException {
        List<byte[]> hostile = new ArrayList<>();
        hostile.add(BundleWriter.entry(1, List.of(2L), -8, 8, 0));
        hostile.add(BundleWriter.entry(1, List.of(2L), Long.MAX_VALUE, 8, 0));
        hostile.add(BundleWriter.entry(1, List.of(2L), 0, 12, 0));
        hostile.add(BundleWriter.entry(1, List.of(-2L, -1L), 0, 8, 0));
        hostile.add(BundleWriter.entry(1, List.of(1L << 40, 1L << 40), 0, 0, 0));
        hostile.add(BundleWriter.entry(1, List.of(1L << 40), 0, 4L << 40, 0));
        hostile.add(new byte[] {0x0a, 127}); // a field longer than the message
        hostile.add(new byte[] {0x08, 1, 0x18, 3, 0x20, 0}); // data file 3 of 1
        for (byte[] entry : hostile) {
            BundleWriter.of(List.of(TensorData.ofFloats("a", new float[2], 2)))
                    .put("b", entry)
                    .write(prefix);
            refused(() -> TensorBundle.open(prefix).close(), "variables");
        }
    }

    @Test
    void aBigEndianCheckpointIsRefused() throws IOException {
        new BundleWriter().put("", new byte[] {0x08, 1, 0x10, 1}).write(prefix);
        Files.write(folder.resolve("variables.data-00000-of-00001"), new byte[0]);
        refused(() -> TensorBundle.open(prefix).close(), "big-endian");
    }

    @Test
    void aMissingDataFileIsNamed() throws IOException {
        example();
        Files.delete(folder.resolve("variables.data-00000-of-00001"));
        refused(() -> TensorBundle.open(prefix).close(), "variables.data-00000-of-00001 does not exist");
    }

    private void example() throws IOException {
        BundleWriter.of(List.of(TensorData.ofFloats("a", new float[] {1, 2}, 2)))
                .write(prefix);
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static void refused(ThrowingCallable reading, String finding) {
        assertThatThrownBy(reading).isInstanceOf(PaletteException.class).hasMessageContaining(finding);
    }
}
