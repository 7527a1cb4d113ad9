package dev.palette.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.palette.experiment.RunPlan;
import dev.palette.spec.PaletteException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which slots a list of devices makes. */
class DevicesTest {
    private static List<Slot> slots(String devices, int slotsAGpu, int threads, String... gpus) {
        RunPlan plan = new RunPlan.Options().devices(devices).slots(slotsAGpu).build();
        return new Devices(plan, threads, List.of(gpus)).slots();
    }

    @Test
    void withoutAGpuOneTrialTakesAllProcessors() {
        assertThat(slots("auto", 1, 8)).singleElement().satisfies(slot -> {
            assertThat(slot.name()).isEqualTo("cpu");
            assertThat(slot.threads()).isEqualTo(8);
            assertThat(slot.environment())
                    .containsEntry("CUDA_VISIBLE_DEVICES", "")
                    .doesNotContainKey("OMP_WAIT_POLICY");
        });
    }

    @Test
    void severalOnTheProcessorsDivideTheThreadsAndDoNotSpin() {
        assertThat(slots("cpu*3", 1, 8)).hasSize(3).allSatisfy(slot -> {
            assertThat(slot.threads()).isEqualTo(2);
            assertThat(slot.environment()).containsEntry("OMP_WAIT_POLICY", "PASSIVE");
        });
    }

    @Test
    void everyGpuIsTakenAndEachWorkerSeesItsOwn() {
        assertThat(slots("auto", 2, 8, "0", "1"))
                .extracting(Slot::name, slot -> slot.environment().get("CUDA_VISIBLE_DEVICES"))
                .containsExactly(
                        tuple("cuda:0", "0"), tuple("cuda:0", "0"), tuple("cuda:1", "1"), tuple("cuda:1", "1"));
    }

    @Test
    void severalGpusMayShareATrial() {
        RunPlan two = new RunPlan.Options().replicas(2).build();
        assertThat(new Devices(two, 8, List.of("0", "1", "4", "5")).slots())
                .extracting(
                        Slot::name,
                        Slot::replicas,
                        Slot::threads,
                        slot -> slot.environment().get("CUDA_VISIBLE_DEVICES"))
                .containsExactly(tuple("cuda:0+cuda:1", 2, 2, "0,1"), tuple("cuda:2+cuda:3", 2, 2, "4,5"));
        assertThatThrownBy(() -> new Devices(two, 8, List.of("0", "1", "2")).slots())
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("run.replicas is 2, but the devices are cuda:0+cuda:1+cuda:2");
        assertThat(new Devices(two, 8, List.of()).slots())
                .singleElement()
                .extracting(Slot::name, Slot::replicas, Slot::threads)
                .containsExactly("cpu", 2, 4);
    }

    @Test
    void aLoneTrialTakesAllGpusThatItIsGiven() {
        RunPlan plan = new RunPlan.Options().build();
        assertThat(new Devices(plan, 8, List.of("0", "1", "2")).together())
                .singleElement()
                .extracting(
                        Slot::name, Slot::replicas, slot -> slot.environment().get("CUDA_VISIBLE_DEVICES"))
                .containsExactly("cuda:0+cuda:1+cuda:2", 3, "0,1,2");
        assertThat(new Devices(plan, 8, List.of()).together()).hasSize(1);
    }

    @Test
    void whatIsVisibleAtAllIsNumberedAnew() {
        assertThat(Devices.names(2, "5, GPU-8932f937")).containsExactly("5", "GPU-8932f937");
        assertThat(Devices.names(3, null)).containsExactly("0", "1", "2");
        assertThat(slots("cuda:1", 1, 4, "5", "7"))
                .singleElement()
                .satisfies(slot -> assertThat(slot.environment()).containsEntry("CUDA_VISIBLE_DEVICES", "7"));
    }

    @Test
    void aDeviceThatIsNotThereOrNoneIsAnError() {
        assertThatThrownBy(() -> slots("cuda:2", 1, 4, "0", "1"))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "run.devices names cuda:2, but the GPUs that were found are cuda:0 to cuda:1; name one of those, or: cpu");
        assertThatThrownBy(() -> slots("cuda:0", 1, 4))
                .hasMessage("run.devices names cuda:0, but no GPU was found; the processors are called: cpu");
        assertThatThrownBy(() -> slots("cpu,gpu1", 1, 4)).hasMessageContaining("of which 'gpu1' is no device");
        assertThatThrownBy(() -> slots("cpu*0", 1, 4)).hasMessageContaining("'cpu*0' is no device");
    }
}
