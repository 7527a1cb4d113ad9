package dev.palette.kernel;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a lack of the engine's memory shows, and what can be done about it beside asking for less. */
public final class EngineMemory {
    private static final List<String> LACK = List.of(
            "can't allocate memory", // libtorch's allocator on processors
            "bad_alloc", // C++
            "could not create a primitive", // oneDNN, which finds no room for the code that it writes
            "could not execute a primitive",
            "cuda out of memory",
            "outofmemoryerror"); // libtorch's on GPUs

    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;

    /** Bytes from which a tensor is mapped by itself; GNU's own threshold at the start. */
    private static final int LARGE = 128 * 1024;

    private final Optional<Function> setOption;
    private final Optional<Function> trim;

    /** Looks up now what it may call later: when memory lacks, it is too late to load anything. */
    public EngineMemory() {
        setOption = ofGnu("mallopt");
        trim = ofGnu("malloc_trim");
    }

    private static Optional<Function> ofGnu(String function) {
        try {
            return Platform.isLinux()
                    ? Optional.of(NativeLibrary.getProcess().getFunction(function))
                    : Optional.empty();
        } catch (UnsatisfiedLinkError e) { // another C library, which has ways of its own
            return Optional.empty();
        }
    }

    /** Whether a failure of the engine is, by its words, a lack of memory, so that less at a time may do. */
    public static boolean isLack(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return LACK.stream().anyMatch(message::contains);
    }

    /**
     * From here on what a tensor took of the process's memory is given back when it is freed. By default C's allocator keeps it for the
     * next ones, which is faster, but scatters them, and leaves nothing for what does not come from it, such as code. A GPU's
     * allocator does the like by itself when it has to.
     */
    public void keepNothing() {
        setOption.ifPresent(option -> {
            option.invokeInt(new Object[] {M_MMAP_THRESHOLD, LARGE});
            option.invokeInt(new Object[] {M_TRIM_THRESHOLD, LARGE});
        });
        trim.ifPresent(function -> function.invokeInt(new Object[] {0L}));
    }
}
