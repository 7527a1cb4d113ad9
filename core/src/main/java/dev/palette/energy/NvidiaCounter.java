package dev.palette.energy;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.palette.kernel.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A whole GPU, as NVIDIA's driver counts it since it was loaded; generations before Volta, and parts of GPUs (MIG), have no counter. */
final class NvidiaCounter implements EnergyCounter {
    private static final double PER_JOULE = 1e3;

    private final NativeLibrary nvml;
    private final Pointer gpu;

    private NvidiaCounter(NativeLibrary nvml, Pointer gpu) {
        this.nvml = nvml;
        this.gpu = gpu;
    }

    /** The counters of some GPUs of this process, from the first on; none where one of them has none. */
    static List<NvidiaCounter> of(Device first, int gpus) {
        List<NvidiaCounter> counters = new ArrayList<>();
        for (int i = 0; i < gpus; i++) {
            Device.cuda(first.index() + i).uuid().flatMap(NvidiaCounter::of).ifPresent(counters::add);
        }
        return counters.size() == gpus ? counters : List.of();
    }

    /** The counter of the GPU of that name, which is the same for CUDA and for NVML; their numbers are not. */
    static Optional<NvidiaCounter> of(String uuid) {
        try {
            NativeLibrary nvml = NativeLibrary.getInstance(Platform.isWindows() ? "nvml" : "libnvidia-ml.so.1");
            PointerByReference handle = new PointerByReference();
            boolean found = succeeds(nvml, "nvmlInit_v2") && succeeds(nvml, "nvmlDeviceGetHandleByUUID", uuid, handle);
            NvidiaCounter counter = new NvidiaCounter(nvml, handle.getValue());
            return found && counter.joules().isPresent() ? Optional.of(counter) : Optional.empty();
        } catch (UnsatisfiedLinkError e) { // a driver without it: it does not tell
            return Optional.empty();
        }
    }

    @Override
    public OptionalDouble joules() {
        LongByReference millijoules = new LongByReference();
        return succeeds(nvml, "nvmlDeviceGetTotalEnergyConsumption", gpu, millijoules)
                ? OptionalDouble.of(millijoules.getValue() / PER_JOULE)
                : OptionalDouble.empty();
    }

    private static boolean succeeds(NativeLibrary nvml, String function, Object... arguments) {
        return nvml.getFunction(function).invokeInt(arguments) == 0;
    }
}
