package dev.palette.train;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Ops;
import java.util.List;

/**
 * How the replicas of one trial meet: each has a rank, from 0, and a copy of the model. Every rank calls the same methods in the same
 * order, with tensors of the same shapes; a call ends on no rank before all have made it.
 *
 * <p>What is summed is what is in play in the step at hand, a buffer a tensor, in place: nothing is gathered into one piece first.
 */
public interface Communicator {
    /** A trial with one replica: there is nobody to meet, and every call is a no-op. */
    Communicator ALONE = new Communicator() {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void allReduce(List<NDArray> tensors, Ops ops) {}

        @Override
        public void broadcast(List<NDArray> tensors, Ops ops) {}

        @Override
        public byte[] broadcast(byte[] message) {
            return message;
        }

        @Override
        public List<byte[]> allGather(byte[] message) {
            return List.of(message);
        }

        @Override
        public long max(long value) {
            return value;
        }
    };

    /** This replica's number, from 0. Rank 0 leads: it alone logs and writes. */
    int rank();

    /** The number of replicas. */
    int size();

    /**
     * Sums over the ranks, element by element and in place. Afterwards all ranks hold the same bits, and they follow from the summands
     * alone, not from which rank came first.
     *
     * @param tensors float32, contiguous; the same number on every rank, of the same shapes in the same order
     * @param ops of this rank, in whose scope what is needed on the way may lie
     */
    void allReduce(List<NDArray> tensors, Ops ops);

    /**
     * Puts rank 0's values in place of every rank's.
     *
     * @param tensors as in {@link #allReduce}
     * @param ops of this rank, in whose scope what is needed on the way may lie
     */
    void broadcast(List<NDArray> tensors, Ops ops);

    /**
     * Rank 0's message; not to be changed.
     *
     * @param message on rank 0 what is sent; elsewhere of no account
     */
    byte[] broadcast(byte[] message);

    /** Every rank's message, in the order of the ranks; not to be changed. They may differ in length. */
    List<byte[]> allGather(byte[] message);

    /** The largest of the ranks' values: how they agree, and how they wait for each other. */
    long max(long value);

    /** Whether something holds on any rank. */
    default boolean any(boolean here) {
        return max(here ? 1 : 0) == 1;
    }

    /** Whether this is rank 0. */
    default boolean leads() {
        return rank() == 0;
    }
}
