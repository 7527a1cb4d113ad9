package dev.palette.task;

import dev.palette.spec.RandomStreams;
import java.util.List;

/**
 * The endless sequence of one task's training batches: epoch after epoch, each in an order of its own. A batch follows from its
 * number alone, so the number is all that a checkpoint keeps. Not for several threads.
 */
public final class TrainingOrder {
    private final Dataset dataset;
    private final int batchSize;
    private final RandomStreams random;
    private final String task;
    private final int[] lengths;
    private long plannedEpoch = -1;
    private List<int[]> plan = List.of();

    /**
     * The sequence for one trial.
     *
     * @param random the trial's streams
     * @param task the task's name
     */
    public TrainingOrder(Dataset dataset, int batchSize, RandomStreams random, String task) {
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.random = random;
        this.task = task;
        this.lengths = dataset.lengths();
    }

    /** The batches of one epoch: all but one have the full size. */
    public int batchesPerEpoch() {
        return (lengths.length + batchSize - 1) / batchSize;
    }

    /** The batch with the given number, from 0. */
    public Batch batch(long number) {
        long epoch = number / batchesPerEpoch();
        if (epoch != plannedEpoch) {
            plan = LengthBuckets.epoch(lengths, batchSize, random, task, epoch);
            plannedEpoch = epoch;
        }
        return dataset.batch(plan.get((int) (number % batchesPerEpoch())));
    }
}
