package dev.palette.execution;

import dev.palette.experiment.StrictJson;
import dev.palette.kernel.Device;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.mpi.MpiJob;
import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import dev.palette.train.Communicator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The processes that mpirun has started, as their rank 0 leads them: it tells the others, each of them a {@link JobFollower}, what to train,
 * hears whether they can, and trains with them.
 */
public final class JobTeam implements Team, AutoCloseable {
    private static final byte[] NOTHING = {};

    private final MpiJob job;
    private boolean broken;
    private long exchanged;

    /** The team of a job; on rank 0. */
    public JobTeam(MpiJob job) {
        this.job = job;
    }

    /** Threads of each rank for one operation. */
    public int threads() {
        return JobFollower.threads(job.process());
    }

    /** The job's processes. */
    public int size() {
        return job.process().size();
    }

    /** This rank's device: a GPU, where this build computes on those and there are any. */
    public Device device() {
        boolean cuda = System.getProperty("PYTORCH_FLAVOR", "").startsWith("cu");
        return cuda && Kernel.gpus() > 0 ? Device.cuda(job.process().localRank()) : Device.CPU;
    }

    @Override
    public int replicas(int planned) {
        return size();
    }

    @Override
    public KernelChoice own(KernelChoice choice, int rank) {
        return JobFollower.own(choice, job.process());
    }

    @Override
    public <T> T train(TrialOrder order, Function<Communicator, T> replica) {
        Communicator communicator = job.communicator();
        communicator.broadcast(StrictJson.mapper().valueToTree(order).toString().getBytes(StandardCharsets.UTF_8));
        List<byte[]> problems = communicator.allGather(NOTHING);
        for (int rank = 0; rank < problems.size(); rank++) {
            if (problems.get(rank).length > 0) {
                throw new PaletteException("rank %d cannot take part: %s"
                        .formatted(rank, new String(problems.get(rank), StandardCharsets.UTF_8)));
            }
        }
        long before = job.communicator().reducedBytes();
        try {
            T trained = replica.apply(communicator);
            exchanged = job.communicator().reducedBytes() - before;
            return trained;
        } catch (DivergedException e) { // of which all ranks know
            throw e;
        } catch (RuntimeException | Error e) {
            broken = true; // the others wait for this one where they next meet
            throw e;
        }
    }

    @Override
    public Optional<String> remark() {
        return Optional.of(String.format(
                Locale.ROOT,
                "each of %d ranks brought %,d bytes of gradients and losses to be summed",
                size(),
                exchanged));
    }

    /** Lets the other ranks end too: in peace, or where this one failed amid a trial, at once. */
    @Override
    public void close() {
        if (broken) {
            job.abort(1);
        }
        job.communicator().broadcast(NOTHING);
    }
}
