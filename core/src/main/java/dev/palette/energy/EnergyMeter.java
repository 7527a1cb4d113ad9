package dev.palette.energy;

import dev.palette.kernel.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Measures what the devices of a trial draw. A counter knows its device, not who uses it: what others compute on the same processor or
 * GPU meanwhile is counted too. Not for several threads.
 */
public final class EnergyMeter {
    private static final Path POWERCAP = Path.of("/sys/class/powercap");

    private final List<EnergyCounter> counters;
    private OptionalDouble before;

    /** Of these counters together, from now on. */
    EnergyMeter(List<? extends EnergyCounter> counters) {
        this.counters = List.copyOf(counters);
        this.before = sum();
    }

    /**
     * Of a device from now on: all packages of the processor with their memory, or GPUs.
     *
     * @param replicas how many GPUs, counted from this one
     */
    public static EnergyMeter of(Device device, int replicas) {
        return new EnergyMeter(device.isCuda() ? NvidiaCounter.of(device, replicas) : PowercapCounter.in(POWERCAP));
    }

    /** Joules since the last call, or since the meter was made; empty where a device does not tell, and ever after. */
    public OptionalDouble take() {
        OptionalDouble now = before.isPresent() ? sum() : before;
        OptionalDouble drawn =
                now.isPresent() ? OptionalDouble.of(now.getAsDouble() - before.getAsDouble()) : OptionalDouble.empty();
        before = now;
        return drawn;
    }

    /** Of all counters; empty as soon as one does not tell, for the rest is less than what was drawn. */
    private OptionalDouble sum() {
        List<Double> parts = new ArrayList<>();
        counters.forEach(counter -> counter.joules().ifPresent(parts::add));
        return counters.isEmpty() || parts.size() < counters.size()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        parts.stream().mapToDouble(Double::doubleValue).sum());
    }
}
