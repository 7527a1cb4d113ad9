package dev.palette.mpi;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import dev.palette.spec.PaletteException;
import java.util.Map;

/**
 * Open MPI's C interface. What is a macro in its header, such as {@code MPI_FLOAT}, is a global variable of the library whose address is
 * meant.
 */
final class MpiLibrary {
    /** What {@code MPI_IN_PLACE} stands for. */
    static final Pointer IN_PLACE = Pointer.createConstant(1);

    private static final String NAME = Platform.isMac() ? "libmpi.40.dylib" : "libmpi.so.40";

    /** The library's plug-ins look for its symbols among the process's own: RTLD_LAZY and RTLD_GLOBAL. */
    private static final int OPEN_FLAGS = Platform.isMac() ? 0x9 : 0x101;

    private final NativeLibrary library;

    private MpiLibrary(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Loads the library.
     *
     * @throws PaletteException when it is not there; says what to install
     */
    static MpiLibrary load() {
        try {
            return new MpiLibrary(NativeLibrary.getInstance(NAME, Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS)));
        } catch (UnsatisfiedLinkError e) {
            throw new PaletteException(
                    "mpirun has started this process, but Open MPI's library %s cannot be loaded: %s. Install it on every host: on Debian and Ubuntu the package openmpi-bin, on Fedora openmpi, with Homebrew open-mpi; then start with the mpirun of that package"
                            .formatted(
                                    NAME,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    e);
        }
    }

    /** What a name of the header stands for: {@code ompi_mpi_float} for {@code MPI_FLOAT}. */
    Pointer handle(String global) {
        return library.getGlobalVariableAddress(global);
    }

    /**
     * Calls a function; direct buffers are passed by address.
     *
     * @throws IllegalStateException when it fails; by default Open MPI ends the job before it comes to that
     */
    void call(String function, Object... arguments) {
        int code = library.getFunction(function).invokeInt(arguments);
        if (code != 0) {
            throw new IllegalStateException("%s failed with Open MPI's error %d".formatted(function, code));
        }
    }
}
