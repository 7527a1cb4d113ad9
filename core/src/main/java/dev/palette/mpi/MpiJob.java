package dev.palette.mpi;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/**
 * The processes that {@code mpirun} started together. Each joins once, and leaves when all its work is done; one that ends otherwise ends
 * them all.
 *
 * <pre>{@code
 * Optional<MpiProcess> present = MpiProcess.of(System.getenv());
 * try (MpiJob job = MpiJob.join(present.get())) {
 *     Communicator communicator = job.communicator(); // of this rank
 *     …
 * }
 * }</pre>
 */
public final class MpiJob implements AutoCloseable {
    /** {@code MPI_THREAD_SERIALIZED}: any thread may call, one at a time. */
    private static final int ONE_THREAD_AT_A_TIME = 2;

    private final MpiProcess process;
    private final MpiLibrary library;
    private final MpiCommunicator communicator;

    private MpiJob(MpiProcess process, MpiLibrary library) {
        this.process = process;
        this.library = library;
        this.communicator = new MpiCommunicator(process, library);
    }

    /**
     * Joins the others; waits until all have.
     *
     * @throws dev.palette.spec.PaletteException when Open MPI's library is not there
     */
    public static MpiJob join(MpiProcess process) {
        MpiLibrary library = MpiLibrary.load();
        library.call("MPI_Init_thread", Pointer.NULL, Pointer.NULL, ONE_THREAD_AT_A_TIME, new IntByReference());
        return new MpiJob(process, library);
    }

    /** This process among the others. */
    public MpiProcess process() {
        return process;
    }

    /** How it meets them. */
    public MpiCommunicator communicator() {
        return communicator;
    }

    /**
     * Ends all processes of the job at once, this one too; for when one can't go on and the others wait for it.
     *
     * @param code the exit code
     */
    public void abort(int code) {
        library.call("MPI_Abort", library.handle("ompi_mpi_comm_world"), code);
    }

    /** Leaves the job; waits until all others do. */
    @Override
    public void close() {
        library.call("MPI_Finalize");
    }
}
