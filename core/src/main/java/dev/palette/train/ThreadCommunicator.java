package dev.palette.train;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Phaser;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Replicas in one process, each on a thread of its own. They read and write each other's tensors; between two meetings, one alone does. */
final class ThreadCommunicator implements Communicator {
    private final Meeting meeting;
    private final int rank;

    private ThreadCommunicator(Meeting meeting, int rank) {
        this.meeting = meeting;
        this.rank = rank;
    }

    /** Where the ranks wait for each other, and what each brought. */
    private static final class Meeting {
        private final Phaser phaser;
        private final @Nullable Object[] brought;

        Meeting(int size) {
            phaser = new Phaser(size);
            brought = new Object[size];
        }

        void await() {
            if (phaser.arriveAndAwaitAdvance() < 0) {
                throw new CancellationException("another replica failed");
            }
        }
    }

    /** The communicators of some replicas, by rank. */
    static List<ThreadCommunicator> of(int size) {
        Meeting meeting = new Meeting(size);
        ThreadCommunicator[] ranks = new ThreadCommunicator[size];
        Arrays.setAll(ranks, rank -> new ThreadCommunicator(meeting, rank));
        return List.of(ranks);
    }

    /** Ends every rank's waiting, now and later, with a {@link CancellationException}. */
    void cancel() {
        meeting.phaser.forceTermination();
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return meeting.brought.length;
    }

    /** Each rank sums every so-many-th tensor, always in the order of the ranks, and hands the sum to all. */
    @Override
    public void allReduce(List<NDArray> tensors, Ops ops) {
        bring(tensors);
        for (int i = rank; i < tensors.size(); i += size()) {
            NDArray sum = tensors(0).get(i);
            for (int other = 1; other < size(); other++) {
                sum.addi(tensors(other).get(i).toDevice(sum.getDevice(), false));
            }
            for (int other = 1; other < size(); other++) {
                ops.assign(tensors(other).get(i), sum);
            }
        }
        meeting.await();
    }

    @Override
    public void broadcast(List<NDArray> tensors, Ops ops) {
        bring(tensors);
        for (int i = 0; i < tensors.size() && !leads(); i++) {
            ops.assign(tensors.get(i), tensors(0).get(i));
        }
        meeting.await();
    }

    @Override
    public byte[] broadcast(byte[] message) {
        bring(message);
        byte[] first = (byte[]) brought(0);
        meeting.await();
        return first;
    }

    @Override
    public List<byte[]> allGather(byte[] message) {
        bring(message);
        List<byte[]> all = IntStream.range(0, size())
                .mapToObj(other -> (byte[]) brought(other))
                .toList();
        meeting.await();
        return all;
    }

    @Override
    public long max(long value) {
        bring(value);
        long largest = value;
        for (int other = 0; other < size(); other++) {
            largest = Math.max(largest, (Long) brought(other));
        }
        meeting.await();
        return largest;
    }

    /** Shows the others something, and waits until they have shown theirs. */
    private void bring(Object something) {
        meeting.brought[rank] = something;
        meeting.await();
    }

    private Object brought(int other) {
        Object something = meeting.brought[other];
        if (something == null) {
            throw new IllegalStateException("rank %d brought nothing".formatted(other));
        }
        return something;
    }

    @SuppressWarnings("unchecked") // every rank makes the same call
    private List<NDArray> tensors(int other) {
        return (List<NDArray>) brought(other);
    }
}
