package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
    private static final Path LIBTORCH = Path.of("lib");

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda:0", "cuda:11"})
    void aDeviceIsReadAsItIsWritten(String text) {
        assertThat(Device.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda", "cuda:", "cuda:-1", "cuda:0x", "cuda:99999999999", "CPU"})
    void anythingElseIsNoDevice(String text) {
        assertThatThrownBy(() -> Device.of(text))
                .isInstanceOf(PaletteException.class)
                .hasMessage("there is no device '%s'; write cpu, or cuda:0 for the first GPU".formatted(text));
    }

    @Test
    void theEngineKnowsTheSameDevices() {
        assertThat(Device.of(Device.CPU.engine())).isEqualTo(Device.CPU);
        assertThat(Device.of(Device.cuda(3).engine())).isEqualTo(Device.cuda(3));
    }

    @Test
    void theProcessorHasTheMachinesMemory() {
        assertThat(Device.CPU.memoryBytes()).isGreaterThan(Runtime.getRuntime().maxMemory());
    }

    @Test
    void theProcessorAndAGpuThatIsThereAreNotRefused() {
        new Gpus(0, LIBTORCH, false, null).require(Device.CPU);
        new Gpus(2, LIBTORCH, true, null).require(Device.cuda(1));
    }

    @Test
    void aBuildWithoutCudaSaysSo() {
        assertThatThrownBy(() -> new Gpus(0, LIBTORCH, false, null).require(Device.cuda(0)))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "cuda:0 cannot be used: the libtorch in lib is built for processors alone; build Palette with -Pcuda (see README, 'NVIDIA GPUs'), or run on cpu");
    }

    @Test
    void aMachineWithoutGpuSaysSo() {
        assertThatThrownBy(() -> new Gpus(0, LIBTORCH, true, "").require(Device.cuda(0)))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "cuda:0 cannot be used: libtorch is built for CUDA, but finds no GPU (CUDA_VISIBLE_DEVICES is ''); see whether nvidia-smi lists one and its driver is of CUDA 12 or later, or run on cpu");
    }

    @Test
    void aGpuTooManyIsToldWhichThereAre() {
        assertThatThrownBy(() -> new Gpus(2, LIBTORCH, true, "4,7").require(Device.cuda(2)))
                .hasMessage(
                        "cuda:2 is not there: libtorch finds cuda:0 to cuda:1 (CUDA_VISIBLE_DEVICES is '4,7'); name one of those, or cpu");
        assertThatThrownBy(() -> new Gpus(1, LIBTORCH, true, null).require(Device.cuda(2)))
                .hasMessage("cuda:2 is not there: libtorch finds cuda:0 alone; name one of those, or cpu");
    }
}
