package dev.palette.kernel;

import com.sun.management.OperatingSystemMXBean;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What computes: the processor, or one of the GPUs that this process sees. Written {@code cpu}, or {@code cuda:0} for the first GPU.
 *
 * @param kind of what sort it is
 * @param index which of its sort, from 0, in the order of {@code CUDA_VISIBLE_DEVICES} where that is set; 0 for the processor
 */
public record Device(Kind kind, int index) {
    /** The processor. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

    /** The sorts of device. */
    public enum Kind {
        /** The processor, with all its cores. */
        CPU,
        /** An NVIDIA GPU. */
        CUDA
    }

    /** Checks the range. */
    public Device {
        Range.atLeast("device", index, 0);
    }

    /** A GPU, from 0. */
    public static Device cuda(int index) {
        return new Device(Kind.CUDA, index);
    }

    /**
     * The device that is written so.
     *
     * @throws PaletteException when none is
     */
    public static Device of(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        Matcher cuda = CUDA.matcher(text);
        if (!cuda.matches()) {
            throw new PaletteException(
                    "there is no device '%s'; write cpu, or cuda:0 for the first GPU".formatted(text));
        }
        return cuda(Integer.parseInt(cuda.group(1)));
    }

    /** The name that a GPU has for all of NVIDIA's tools; empty for the processor, and where the driver does not tell. */
    public Optional<String> uuid() {
        return isCuda() ? CudaDriver.uuid(index) : Optional.empty();
    }

    static Device of(ai.djl.Device engine) {
        return engine.isGpu() ? cuda(engine.getDeviceId()) : CPU;
    }

    /** Whether it is a GPU. */
    public boolean isCuda() {
        return kind == Kind.CUDA;
    }

    /** All the memory it has for tensors, in bytes, free or not. */
    public long memoryBytes() {
        return isCuda()
                ? CudaDriver.memoryBytes(index)
                : ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize();
    }

    ai.djl.Device engine() {
        return isCuda() ? ai.djl.Device.gpu(index) : ai.djl.Device.cpu();
    }

    @Override
    public String toString() {
        return isCuda() ? "cuda:" + index : "cpu";
    }
}
