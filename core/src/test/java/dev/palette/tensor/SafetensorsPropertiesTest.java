package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class SafetensorsPropertiesTest {
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("safetensors");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("f"));
        Files.delete(folder);
    }

    @Property(tries = 50)
    void anyTensorsUnderAnyNamesAreReadBack(
            @ForAll("tensors") List<TensorData> tensors, @ForAll Map<String, String> metadata) {
        Path file = folder.resolve("f");
        String checksum = SafetensorsWriter.write(file, tensors, metadata);

        assertThat(FileDigest.crc32c(file)).isEqualTo(checksum);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.metadata()).isEqualTo(metadata);
            List<String> stored = new ArrayList<>(read.names());
            stored.removeAll(read.aliases().keySet()); // any metadata may happen to name a tensor
            assertThat(stored)
                    .containsExactlyInAnyOrderElementsOf(
                            tensors.stream().map(TensorData::name).toList());
            for (TensorData tensor : tensors) {
                assertThat(read.tensor(tensor.name())).isEqualTo(tensor);
            }
        }
    }

    @Property(tries = 150)
    void aFileWithAnyByteChangedIsReadOrRefusedAndNothingElse(
            @ForAll("tensors") List<TensorData> tensors, @ForAll @IntRange(min = 0) int at, @ForAll byte value)
            throws IOException {
        Path file = folder.resolve("f");
        SafetensorsWriter.write(file, tensors, Map.of());
        byte[] bytes = Files.readAllBytes(file);
        bytes[at % bytes.length] = value;
        Files.write(file, bytes);
        readOrRefuse(file);
    }

    @Property(tries = 50)
    void aTruncatedFileIsRefused(@ForAll("tensors") List<TensorData> tensors, @ForAll @IntRange(min = 0) int left)
            throws IOException {
        Path file = folder.resolve("f");
        SafetensorsWriter.write(file, tensors, Map.of());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, left % bytes.length));
        assertThat(readOrRefuse(file)).isFalse();
    }

    private static boolean readOrRefuse(Path file) {
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            read.names().forEach(read::tensor);
            return true;
        } catch (PaletteException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return false;
        }
    }

    @Provide
    Arbitrary<List<TensorData>> tensors() {
        Arbitrary<String> names = Arbitraries.strings()
                .all()
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(name ->
                        !name.equals("__metadata__") && name.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        Arbitrary<List<Long>> shapes = Arbitraries.longs().between(0, 4).list().ofMaxSize(4);
        return Combinators.combine(
                        names.list().uniqueElements().ofMaxSize(6),
                        shapes.list().ofSize(6),
                        Arbitraries.longs())
                .as((some, shape, seed) -> {
                    Random random = new Random(seed);
                    List<TensorData> tensors = new ArrayList<>();
                    for (int i = 0; i < some.size(); i++) {
                        ElementType type = ElementType.values()[random.nextInt(ElementType.values().length)];
                        TensorEntry entry = new TensorEntry(some.get(i), type, shape.get(i));
                        byte[] values = new byte[(int) entry.sizeInBytes()];
                        random.nextBytes(values);
                        tensors.add(new TensorData(entry.name(), type, entry.shape(), ByteBuffer.wrap(values)));
                    }
                    return tensors;
                });
    }
}
