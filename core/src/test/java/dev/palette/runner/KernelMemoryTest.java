package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.train.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernels are measured once on a machine, and again when what the measurement hangs on is another. */
class KernelMemoryTest {
    @TempDir
    private Path cache;

    private int measurements;

    @Test
    void whatWasMeasuredIsRememberedByLaterStarts() {
        assertThat(start(2)).isEqualTo(new KernelChoice(Product.CONVOLUTION, 2));
        assertThat(start(2)).isEqualTo(new KernelChoice(Product.CONVOLUTION, 2));

        assertThat(measurements).isEqualTo(1);
    }

    @Test
    void anotherNumberOfThreadsIsMeasuredByItself() {
        start(2);
        assertThat(start(4).threads()).isEqualTo(4);
        start(2);

        assertThat(measurements).isEqualTo(2);
    }

    @Test
    void anotherPrecisionIsMeasuredByItself() {
        start(2);
        new KernelMemory(cache, this::measure).fastest(Precision.AUTO.products(), 2);

        assertThat(measurements).isEqualTo(2);
    }

    @Test
    void whereThereIsNoChoiceNothingIsMeasured() {
        KernelChoice only = new KernelMemory(cache, this::measure).fastest(Precision.BF16.products(), 2);

        assertThat(only).isEqualTo(new KernelChoice(Product.BFLOAT16, 2));
        assertThat(measurements).isZero();
    }

    @Test
    void whatIsWrittenSaysWhatItHoldsFor() throws IOException {
        start(2);

        assertThat(Files.readString(note()))
                .contains("\"processor\"", "\"features\"", "\"threads\" : 2", "\"commit\"", "\"pytorch\"")
                .contains("\"product\" : \"convolution\"");
    }

    @Test
    void aMeasurementOfAnotherProcessorIsNotBelieved() throws IOException {
        start(2);
        Path note = note();
        Files.writeString(note, Files.readString(note).replaceFirst("\"features\" : \"", "\"features\" : \"amx "));

        start(2);

        assertThat(measurements).isEqualTo(2);
        assertThat(Files.readString(note)).doesNotContain("amx ");
    }

    @Test
    void aDamagedOrDeletedFileIsMadeAgain() throws IOException {
        start(2);
        Files.writeString(note(), "{");
        start(2);
        Files.delete(note());
        start(2);

        assertThat(measurements).isEqualTo(3);
        assertThat(note()).isNotEmptyFile();
    }

    private KernelChoice start(int threads) {
        return new KernelMemory(cache, this::measure).fastest(Precision.FP32.products(), threads);
    }

    private KernelChoice measure(List<Product> candidates, int threads) {
        measurements++;
        return new KernelChoice(Product.CONVOLUTION, threads);
    }

    /** The one file there is. */
    private Path note() throws IOException {
        try (Stream<Path> all = Files.list(cache.resolve("kernels"))) {
            List<Path> files = all.toList();
            assertThat(files).hasSize(1);
            return files.get(0);
        }
    }
}
