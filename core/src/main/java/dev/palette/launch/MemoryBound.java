package dev.palette.launch;

import com.sun.management.OperatingSystemMXBean;
import dev.palette.experiment.RunPlan;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * How much memory each worker may take, so that one that asks for too much is refused it and can do with less, where otherwise the
 * system would kill it, or another.
 *
 * @param megabytes the most in all; 0 for no bound
 * @param text the same for people
 */
record MemoryBound(int megabytes, String text) {
    private static final double SHARE = 0.9;
    private static final int BYTES_A_MEGABYTE = 1 << 20;

    /** The plan's bound, else an even share of most of the machine's memory; on GPUs, whose driver maps what it likes, none. */
    static MemoryBound of(RunPlan plan, List<Slot> slots) {
        boolean processors = slots.stream().allMatch(slot -> !slot.device().isCuda());
        int megabytes = plan.memoryMegabytes() > 0 || !processors ? plan.memoryMegabytes() : share(slots.size());
        String bound = megabytes == 0
                ? "memory without a bound"
                : String.format(Locale.ROOT, "at most %,d MB of memory", megabytes);
        return new MemoryBound(
                megabytes,
                String.format(
                        Locale.ROOT,
                        "running on %s: %d %s at once, each with %d threads, %,d MB of heap and %s",
                        String.join(
                                ", ", slots.stream().map(Slot::name).distinct().toList()),
                        slots.size(),
                        slots.size() == 1 ? "trial" : "trials",
                        slots.get(0).threads(),
                        plan.heapMegabytes(),
                        bound));
    }

    private static int share(int slots) {
        long all = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return Math.toIntExact(Math.round(SHARE * all / slots / BYTES_A_MEGABYTE));
    }
}
