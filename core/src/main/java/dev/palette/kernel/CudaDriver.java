package dev.palette.kernel;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * NVIDIA's driver, asked about the GPUs that it shows to this process. DJL asks CUDA's runtime library instead, which it does not
 * find where that lies beside libtorch; the driver is in one place wherever there is a GPU.
 */
final class CudaDriver {
    private CudaDriver() {}

    /** How many GPUs there are, of those that {@code CUDA_VISIBLE_DEVICES} leaves. */
    static int count() {
        try {
            IntByReference count = new IntByReference();
            return succeeds("cuInit", 0) && succeeds("cuDeviceGetCount", count) ? count.getValue() : 0;
        } catch (UnsatisfiedLinkError e) { // no driver, no GPU
            return 0;
        }
    }

    /** All the memory of one GPU, in bytes. */
    static long memoryBytes(int index) {
        IntByReference handle = new IntByReference();
        LongByReference bytes = new LongByReference();
        if (!(succeeds("cuInit", 0)
                && succeeds("cuDeviceGet", handle, index)
                && succeeds("cuDeviceTotalMem_v2", bytes, handle.getValue()))) {
            throw new IllegalStateException("the NVIDIA driver does not tell the memory of GPU " + index);
        }
        return bytes.getValue();
    }

    /** The name that a GPU has everywhere on this machine, as NVIDIA's tools write it; empty where the driver does not tell. */
    static Optional<String> uuid(int index) {
        IntByReference handle = new IntByReference();
        byte[] bytes = new byte[16];
        try {
            boolean told = succeeds("cuInit", 0)
                    && succeeds("cuDeviceGet", handle, index)
                    && succeeds("cuDeviceGetUuid", bytes, handle.getValue());
            ByteBuffer numbers = ByteBuffer.wrap(bytes);
            return told ? Optional.of("GPU-" + new UUID(numbers.getLong(), numbers.getLong())) : Optional.empty();
        } catch (UnsatisfiedLinkError e) { // no driver, nobody who tells
            return Optional.empty();
        }
    }

    private static boolean succeeds(String function, Object... arguments) {
        NativeLibrary driver = NativeLibrary.getInstance(Platform.isWindows() ? "nvcuda" : "libcuda.so.1");
        return driver.getFunction(function).invokeInt(arguments) == 0;
    }
}
