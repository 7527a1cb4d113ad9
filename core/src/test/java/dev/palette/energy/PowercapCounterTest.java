package dev.palette.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the zones of Linux's power capping interface add up to; the folder is made here as the kernel lays it out. */
class PowercapCounterTest {
    private static final long RANGE = 65_532_610_987L;

    @TempDir
    private Path powercap;

    @Test
    void packagesAndTheirMemoryAreCountedOnceAndTogether() throws IOException {
        zone("intel-rapl:0", "package-0", 1_000_000);
        zone("intel-rapl:0:0", "core", 700_000);
        zone("intel-rapl:0:1", "dram", 200_000);
        zone("intel-rapl:1", "package-1", 5_000_000);
        zone("intel-rapl:2", "psys", 9_000_000);
        zone("intel-rapl-mmio:0", "package-0", 1_000_000);
        EnergyMeter meter = meter();

        count("intel-rapl:0", 3_000_000);
        count("intel-rapl:0:0", 2_000_000);
        count("intel-rapl:0:1", 700_000);
        count("intel-rapl:1", 6_000_000);
        count("intel-rapl:2", 20_000_000);

        assertThat(meter.take().getAsDouble()).isCloseTo(2 + 0.5 + 1, within(1e-9));
        assertThat(meter.take()).hasValue(0);
    }

    @Test
    void aCounterThatBeganAgainHasGoneOn() throws IOException {
        zone("intel-rapl:0", "package-0", RANGE - 1_000_000);
        EnergyMeter meter = meter();

        count("intel-rapl:0", 2_000_000);
        assertThat(meter.take()).hasValue(3);
        count("intel-rapl:0", 1_000_000);
        assertThat(meter.take().getAsDouble()).isCloseTo(RANGE / 1e6 - 1, within(1e-3));
    }

    @Test
    void aMachineWithoutCountersDoesNotTell() throws IOException {
        assertThat(meter().take()).isEmpty();
        assertThat(new EnergyMeter(PowercapCounter.in(powercap.resolve("none"))).take())
                .isEmpty();
        Files.createDirectory(powercap.resolve("intel-rapl"));
        assertThat(meter().take()).isEmpty();
    }

    @Test
    void onePackageThatMayNotBeReadIsEnoughNotToTell() throws IOException {
        zone("intel-rapl:0", "package-0", 1_000_000);
        zone("intel-rapl:1", "package-1", 1_000_000);
        Files.delete(powercap.resolve("intel-rapl:1/energy_uj"));

        assertThat(meter().take()).isEmpty();
    }

    @Test
    void whatCanNoLongerBeReadIsNeverGuessed() throws IOException {
        zone("intel-rapl:0", "package-0", 1_000_000);
        EnergyMeter meter = meter();
        Files.delete(powercap.resolve("intel-rapl:0/energy_uj"));

        assertThat(meter.take()).isEmpty();
        count("intel-rapl:0", 8_000_000);
        assertThat(meter.take()).isEmpty();
    }

    private EnergyMeter meter() {
        return new EnergyMeter(PowercapCounter.in(powercap));
    }

    private void zone(String folder, String name, long microjoules) throws IOException {
        Path zone = Files.createDirectory(powercap.resolve(folder));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), RANGE + "\n");
        count(folder, microjoules);
    }

    private void count(String folder, long microjoules) throws IOException {
        Files.writeString(powercap.resolve(folder).resolve("energy_uj"), microjoules + "\n");
    }
}
