package dev.palette.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.kernel.Device;
import dev.palette.kernel.Fastest;
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
    private boolean quiet = true;

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
        new KernelMemory(cache, this::measure).fastest(Precision.AUTO.products(Device.CPU), 2, Device.CPU);

        assertThat(measurements).isEqualTo(2);
    }

    @Test
    void anotherDeviceIsMeasuredByItself() {
        KernelMemory memory = new KernelMemory(cache, this::measure);
        for (int gpu : new int[] {0, 0, 1}) {
            Device device = Device.cuda(gpu);
            assertThat(memory.fastest(Precision.AUTO.products(device), 2, device))
                    .isEqualTo(new KernelChoice(Product.BFLOAT16, 2, device));
        }
        assertThat(measurements).isEqualTo(2);
    }

    @Test
    void whatABusyMachineDidNotDecideIsMeasuredAgainAtTheNextStart() {
        quiet = false;
        assertThat(start(2)).isEqualTo(new KernelChoice(Product.MATMUL, 2));
        assertThat(cache.resolve("kernels")).doesNotExist();

        quiet = true;
        assertThat(start(2)).isEqualTo(new KernelChoice(Product.CONVOLUTION, 2));
        assertThat(measurements).isEqualTo(2);
    }

    @Test
    void whereThereIsNoChoiceNothingIsMeasured() {
        Device gpu = Device.cuda(0);
        KernelChoice only = new KernelMemory(cache, this::measure).fastest(Precision.BF16.products(gpu), 2, gpu);

        assertThat(only).isEqualTo(new KernelChoice(Product.BFLOAT16, 2, gpu));
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
        return new KernelMemory(cache, this::measure).fastest(Precision.FP32.products(Device.CPU), threads, Device.CPU);
    }

    private Fastest measure(List<Product> candidates, int threads, Device device) {
        measurements++;
        return new Fastest(new KernelChoice(quiet ? candidates.get(1) : candidates.get(0), threads, device), quiet);
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
