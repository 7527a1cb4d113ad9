package dev.palette.kernel;

import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;

/**
 * What decides the bits of a computation beside its inputs: how products are computed, by how many threads, and where. Chosen once
 * for an experiment and frozen in each run, so that a resumed run computes as it began.
 *
 * @param product how matrix products are computed
 * @param threads threads of one operation on the processor
 * @param device where tensors live and operations run
 */
public record KernelChoice(Product product, int threads, Device device) {
    /** Checks that they go together. */
    public KernelChoice {
        Range.atLeast("threads", threads, 1);
        if (!product.runsOn(device.kind())) {
            throw new PaletteException("products cannot be computed by %s on %s".formatted(product, device));
        }
    }

    /** A choice for the processor. */
    public KernelChoice(Product product, int threads) {
        this(product, threads, Device.CPU);
    }

    /**
     * The same choice on another device of the same sort, such as the GPU that is free when a run is continued.
     *
     * @throws PaletteException when the device is of another sort, on which the numbers would be others
     */
    public KernelChoice on(Device other) {
        if (other.kind() != device.kind()) {
            throw new PaletteException(
                    "what began on %s cannot go on on %s: the numbers would be others; give it a device of the sort it began on"
                            .formatted(device, other));
        }
        return new KernelChoice(product, threads, other);
    }
}
