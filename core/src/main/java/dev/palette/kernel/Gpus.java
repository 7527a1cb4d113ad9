package dev.palette.kernel;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs that the engine can use.
 *
 * @param count how many
 * @param libtorch the folder of the library that was loaded
 * @param cudaBuild whether it was built for CUDA
 * @param visible the environment variable {@code CUDA_VISIBLE_DEVICES}, which hides the others from this process
 */
record Gpus(
        int count,
        Path libtorch,
        boolean cudaBuild,
        @Nullable String visible) {

    /** Those of this process, by the engine that runs in it. A build without CUDA touches no driver. */
    static Gpus of(Engine engine) {
        Path libtorch = Path.of(LibUtils.getLibtorchPath());
        return new Gpus(
                engine.hasCapability(StandardCapabilities.CUDA) ? CudaDriver.count() : 0,
                libtorch,
                Files.exists(libtorch.resolve(System.mapLibraryName("torch_cuda"))),
                System.getenv("CUDA_VISIBLE_DEVICES"));
    }

    /**
     * Makes sure of a device.
     *
     * @throws PaletteException when it can't be used: what is there, and what to do
     */
    void require(Device device) {
        if (!device.isCuda() || device.index() < count) {
            return;
        }
        if (!cudaBuild) {
            throw new PaletteException(
                    "%s cannot be used: the libtorch in %s is built for processors alone; build Palette with -Pcuda (see README, 'NVIDIA GPUs'), or run on cpu"
                            .formatted(device, libtorch));
        }
        String hidden = visible == null ? "" : " (CUDA_VISIBLE_DEVICES is '%s')".formatted(visible);
        if (count == 0) {
            throw new PaletteException(
                    "%s cannot be used: libtorch is built for CUDA, but finds no GPU%s; see whether nvidia-smi lists one and its driver is of CUDA 12 or later, or run on cpu"
                            .formatted(device, hidden));
        }
        throw new PaletteException("%s is not there: libtorch finds %s%s; name one of those, or cpu"
                .formatted(device, count == 1 ? "cuda:0 alone" : "cuda:0 to cuda:" + (count - 1), hidden));
    }
}
