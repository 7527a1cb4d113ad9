package dev.palette.task;

import dev.palette.spec.RandomStreams;
import java.util.List;

/** How an epoch's examples, shuffled, are cut into batches. Every order takes every example once. */
public enum BatchOrder {
    /** As shuffled: the examples of a batch have nothing to do with each other. */
    SHUFFLED {
        @Override
        List<int[]> epoch(int[] lengths, int batchSize, RandomStreams random, String task, long epoch) {
            return LengthBuckets.shuffled(lengths.length, batchSize, random, task, epoch);
        }
    },

    /** Examples of like length together, {@link LengthBuckets#epoch}: little is spent on padding. */
    BUCKETED {
        @Override
        List<int[]> epoch(int[] lengths, int batchSize, RandomStreams random, String task, long epoch) {
            return LengthBuckets.epoch(lengths, batchSize, random, task, epoch);
        }
    };

    /**
     * The batches of one epoch.
     *
     * @param lengths (n) word pieces of each example
     * @param task keys the random stream, with the seed and the epoch
     * @return arrays of example indices; all but one have the full size
     */
    abstract List<int[]> epoch(int[] lengths, int batchSize, RandomStreams random, String task, long epoch);
}
