package dev.palette.task;

import dev.palette.spec.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;

/**
 * Cuts examples into batches of like length, so that little is spent on padding. With a mean length of 39 of 128 word pieces,
 * a step takes a third of the time of one padded to 128.
 */
public final class LengthBuckets {
    /** Batches that are sorted together: more make batches more even and epochs less random. */
    static final int POOL_BATCHES = 50;

    private LengthBuckets() {}

    /**
     * One epoch of training: the examples are shuffled, cut into pools of {@value #POOL_BATCHES} batches, sorted by length
     * within each pool and cut into batches, and the batches are shuffled. Every example comes
     * exactly once; one batch may be short.
     *
     * @param lengths (n) word pieces of each example
     * @param task keys the random stream, with the seed and the epoch
     * @return arrays of example indices
     */
    public static List<int[]> epoch(int[] lengths, int batchSize, RandomStreams random, String task, long epoch) {
        int[] order = order(lengths.length, random, task, epoch);
        List<int[]> batches = new ArrayList<>();
        int poolSize = batchSize * POOL_BATCHES;
        for (int from = 0; from < order.length; from += poolSize) {
            int[] pool = Arrays.copyOfRange(order, from, Math.min(order.length, from + poolSize));
            batches.addAll(cut(byLength(pool, lengths), batchSize));
        }
        UniformRandomProvider batchOrder = random.stream("batch order " + task, epoch);
        ListSampler.shuffle(batchOrder, batches);
        return List.copyOf(batches);
    }

    /**
     * One epoch of training without regard to lengths: the same shuffled examples, cut into batches as they come.
     *
     * @param n the number of examples
     * @param task keys the random stream, with the seed and the epoch
     * @return arrays of example indices
     */
    static List<int[]> shuffled(int n, int batchSize, RandomStreams random, String task, long epoch) {
        return cut(order(n, random, task, epoch), batchSize);
    }

    private static int[] order(int n, RandomStreams random, String task, long epoch) {
        return random.permutation("data order " + task, epoch, n);
    }

    /**
     * Batches for evaluation: all examples from the longest to the shortest, so that a lack of memory shows at once.
     *
     * @return arrays of example indices, which put predictions back in order
     */
    public static List<int[]> evaluation(int[] lengths, int batchSize) {
        int[] all = new int[lengths.length];
        Arrays.setAll(all, i -> all.length - 1 - i);
        int[] ascending = byLength(all, lengths);
        int[] descending = new int[all.length];
        Arrays.setAll(descending, i -> ascending[all.length - 1 - i]);
        return cut(descending, batchSize);
    }

    /** Sorted by length; examples of one length keep their order. Lengths are few, so they are counted rather than compared. */
    private static int[] byLength(int[] indices, int[] lengths) {
        int longest = 0;
        for (int i : indices) {
            longest = Math.max(longest, lengths[i]);
        }
        int[] next = new int[longest + 2]; // where the next example of each length goes
        for (int i : indices) {
            next[lengths[i] + 1]++;
        }
        for (int length = 1; length <= longest; length++) {
            next[length] += next[length - 1];
        }
        int[] sorted = new int[indices.length];
        for (int i : indices) {
            sorted[next[lengths[i]]++] = i;
        }
        return sorted;
    }

    private static List<int[]> cut(int[] indices, int batchSize) {
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < indices.length; from += batchSize) {
            batches.add(Arrays.copyOfRange(indices, from, Math.min(indices.length, from + batchSize)));
        }
        return batches;
    }
}
