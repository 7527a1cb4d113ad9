package dev.palette.execution;

import dev.palette.kernel.Device;
import dev.palette.kernel.KernelChoice;
import dev.palette.train.Communicator;
import dev.palette.train.Replicas;
import java.util.Optional;
import java.util.function.Function;

/** Who trains a trial together: replicas within this process, or the processes of a {@linkplain JobTeam job}. */
public interface Team {
    /** Replicas within this process, a thread each. */
    Team WITHIN = new Team() {
        @Override
        public int replicas(int planned) {
            return planned;
        }

        @Override
        public <T> T train(TrialOrder order, Function<Communicator, T> replica) {
            return Replicas.run(order.replicas(), replica);
        }

        @Override
        public KernelChoice own(KernelChoice choice, int rank) {
            return choice.device().isCuda()
                    ? choice.on(Device.cuda(choice.device().index() + rank))
                    : choice;
        }
    };

    /**
     * How many replicas there are.
     *
     * @param planned as many as the run began with, or as is planned for it
     */
    int replicas(int planned);

    /**
     * Has every replica do its part of a trial.
     *
     * @param order the trial, with the kernel and the number of replicas that are agreed on
     * @param replica a part; of the replicas in this process
     * @return what rank 0 gave
     */
    <T> T train(TrialOrder order, Function<Communicator, T> replica);

    /** What is worth telling of the trial that was trained last. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /** The kernel with the device of one rank's own: each has a GPU of its own; the processors they share. */
    KernelChoice own(KernelChoice choice, int rank);
}
