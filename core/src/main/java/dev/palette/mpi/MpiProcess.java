package dev.palette.mpi;

import dev.palette.spec.PaletteException;
import java.util.Map;
import java.util.Optional;

/**
 * This process among those that {@code mpirun} started for one job.
 *
 * @param rank its number in the job, from 0
 * @param size the job's processes
 * @param localRank its number among those on this machine, from 0
 * @param localSize the job's processes on this machine
 */
public record MpiProcess(int rank, int size, int localRank, int localSize) {
    private static final String PREFIX = "OMPI_COMM_WORLD_";

    /**
     * What Open MPI says in a process's environment; empty where nobody else is in the job.
     *
     * @param environment as {@link System#getenv()} has it
     * @throws PaletteException when what it says is not what Open MPI writes
     */
    public static Optional<MpiProcess> of(Map<String, String> environment) {
        if (!environment.containsKey(PREFIX + "SIZE")) {
            return Optional.empty();
        }
        MpiProcess process = new MpiProcess(
                number("RANK", environment),
                number("SIZE", environment),
                number("LOCAL_RANK", environment),
                number("LOCAL_SIZE", environment));
        return process.size == 1 ? Optional.empty() : Optional.of(process);
    }

    private static int number(String name, Map<String, String> environment) {
        String value = environment.get(PREFIX + name);
        try {
            return Integer.parseInt(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw new PaletteException(
                    "the environment has %sSIZE, by which Open MPI's mpirun tells a process that it has started it, but %s%s is %s, expected a number; start this command with mpirun, or remove these variables"
                            .formatted(PREFIX, PREFIX, name, value),
                    e);
        }
    }

    /**
     * Threads for one operation of this process: its part of the machine's processors, or those that mpirun has bound it to where they
     * are fewer.
     *
     * @param bound processors that this process may run on
     * @param all the machine's
     */
    public int threads(int bound, int all) {
        return Math.max(1, Math.min(bound, all / localSize));
    }
}
