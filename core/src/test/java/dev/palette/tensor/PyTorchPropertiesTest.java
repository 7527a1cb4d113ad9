package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damaged and hostile files do nothing but be refused, whatever the damage is. */
class PyTorchPropertiesTest {
    private static final long MOST_MEMORY = 32 << 20; // for files of a few kB
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("pytorch");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("f"));
        Files.delete(folder);
    }

    @Property(tries = 400)
    void anArchiveWithBytesChangedHoldsTheSameTensorsOrIsRefused(
            @ForAll @From("archives") String name,
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 0) Integer> places,
            @ForAll byte value)
            throws IOException {
        readChanged(name, places, value)
                .ifPresent(read ->
                        assertThat(read).isEqualTo(read(TorchFixture.path(name)).orElseThrow()));
    }

    @Property(tries = 400)
    void anOlderFileWithBytesChangedIsReadOrRefused(
            @ForAll @From("olderFiles") String name,
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 0) Integer> places,
            @ForAll byte value)
            throws IOException {
        readChanged(name, places, value);
    }

    @Property(tries = 100)
    void anArchiveCutShortIsRefused(@ForAll @From("archives") String name, @ForAll @IntRange(min = 0) int left)
            throws IOException {
        byte[] bytes = Files.readAllBytes(TorchFixture.path(name));
        Path file = folder.resolve("f");
        Files.write(file, Arrays.copyOf(bytes, left % bytes.length));
        assertThat(read(file)).isEmpty();
    }

    @Property(tries = 400)
    void anyPickleIsReadOrRefused(@ForAll @Size(max = 60) byte[] program) throws IOException {
        Path file = folder.resolve("f");
        Files.write(file, TestPickle.legacy(program));
        withLittleMemory(() -> read(file));
    }

    @Provide
    Arbitrary<String> archives() {
        return Arbitraries.of("zip.pt", "zip_2.pt", "nested.pt", "protocol4.pt");
    }

    @Provide
    Arbitrary<String> olderFiles() {
        return Arbitraries.of("legacy.pt", "nested_legacy.pt");
    }

    private static Optional<List<TensorData>> readChanged(String name, List<Integer> places, byte value)
            throws IOException {
        byte[] bytes = Files.readAllBytes(TorchFixture.path(name));
        for (int place : places) {
            bytes[place % bytes.length] = value;
        }
        Path file = folder.resolve("f");
        Files.write(file, bytes);
        return withLittleMemory(() -> read(file));
    }

    private static Optional<List<TensorData>> read(Path path) {
        try (TensorFile file = TensorFile.open(path)) {
            return Optional.of(file.entries().stream()
                    .map(entry -> file.tensor(entry.name()))
                    .toList());
        } catch (PaletteException e) {
            assertThat(e).hasMessageContaining(path.toString());
            return Optional.empty();
        }
    }

    private static <T> T withLittleMemory(Supplier<T> reading) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        T result = reading.get();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_MEMORY);
        return result;
    }
}
