package dev.palette.launch;

import dev.palette.execution.KernelMemory;
import dev.palette.experiment.Trial;
import dev.palette.kernel.Device;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** By which kernels trials compute that begin on this machine; all slots have the same number of threads. */
public final class Kernels {
    private final Path cache;
    private final Function<Slot, KernelMemory.Measure> measure;
    private final Map<List<Product>, KernelChoice> known = new HashMap<>();

    /**
     * Kernels.
     *
     * @param cache where measurements are kept
     * @param measure finds the fastest kernel of a slot
     */
    public Kernels(Path cache, Function<Slot, KernelMemory.Measure> measure) {
        this.cache = cache;
        this.measure = measure;
    }

    /** Kernel and threads for a trial that begins on a slot. */
    public KernelChoice of(Trial trial, Slot slot) {
        Device device = slot.device();
        return known.computeIfAbsent(
                trial.training().precision().products(device),
                candidates -> new KernelMemory(cache, measure.apply(slot)).fastest(candidates, slot.threads(), device));
    }
}
