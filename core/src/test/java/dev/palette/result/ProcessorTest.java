package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Linux says of processors. */
class ProcessorTest {
    @Test
    void anX86HasANameAndFlags() {
        List<String> lines = List.of(
                "processor\t: 0",
                "model name\t: AMD EPYC 7763 64-Core Processor",
                "flags\t\t: fpu avx2 sha_ni",
                "processor\t: 1",
                "flags\t\t: fpu");

        assertThat(Processor.of(lines)).isEqualTo(new Processor("AMD EPYC 7763 64-Core Processor", "fpu avx2 sha_ni"));
    }

    @Test
    void anArmHasFeaturesAlone() {
        assertThat(Processor.of(List.of("processor\t: 0", "Features\t: fp asimd sve", "CPU part\t: 0xd40")))
                .isEqualTo(new Processor("unknown", "fp asimd sve"));
    }

    @Test
    void thisMachinesProcessorIsTheSameEachTime() {
        assertThat(Processor.present()).isEqualTo(Processor.present());
    }
}
