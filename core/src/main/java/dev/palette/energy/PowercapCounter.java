package dev.palette.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A processor package, or its memory, as Linux counts it: {@code energy_uj} in a zone's folder, in microjoules, which begins again from
 * 0 after {@code max_energy_range_uj}, about an hour at full load. Since Linux 5.10 only root may read it, unless the system's owner says
 * otherwise.
 */
final class PowercapCounter implements EnergyCounter {
    private static final double PER_JOULE = 1e6;

    private final Path energy;
    private final long range;
    private long last;
    private long rounds;

    private PowercapCounter(Path zone) throws IOException {
        this.energy = zone.resolve("energy_uj");
        this.range = number(zone.resolve("max_energy_range_uj"));
        this.last = number(energy);
    }

    /**
     * The counters of all packages and of their memory; none where one of them may not be read.
     *
     * @param powercap the folder of the zones. Zones within a package other than memory are parts of it, and {@code psys} is the whole
     *     of what packages are parts of: neither is counted twice
     */
    static List<PowercapCounter> in(Path powercap) {
        if (!Files.isDirectory(powercap)) {
            return List.of();
        }
        try (Stream<Path> zones = Files.list(powercap)) {
            List<PowercapCounter> counters = new ArrayList<>();
            for (Path zone : zones.filter(PowercapCounter::isWanted).toList()) {
                counters.add(new PowercapCounter(zone));
            }
            return counters;
        } catch (IOException | NumberFormatException e) { // not for this user, or no such counter: it does not tell
            return List.of();
        }
    }

    private static boolean isWanted(Path zone) {
        if (!zone.getFileName()
                .toString()
                .startsWith("intel-rapl:")) { // AMD's are called so too; -mmio counts the same again
            return false;
        }
        try {
            String name = Files.readString(zone.resolve("name")).strip();
            return name.startsWith("package-") || name.equals("dram");
        } catch (IOException e) { // a folder that is no zone
            return false;
        }
    }

    @Override
    public OptionalDouble joules() {
        try {
            long now = number(energy);
            rounds += now < last ? 1 : 0;
            last = now;
            return OptionalDouble.of((rounds * (double) range + now) / PER_JOULE);
        } catch (IOException | NumberFormatException e) { // no longer for this user
            return OptionalDouble.empty();
        }
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }
}
