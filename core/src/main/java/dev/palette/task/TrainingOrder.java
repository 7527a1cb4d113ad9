package dev.palette.task;

import dev.palette.spec.RandomStreams;
import java.util.List;

/**
 * The endless sequence of one task's training batches: epoch after epoch, each in an order of its own. A batch follows from its
 * number alone, so the number is all that a checkpoint keeps. Several threads may ask for batches.
 */
public final class TrainingOrder {
    private final Dataset dataset;
    private final BatchOrder order;
    private final int batchSize;
    private final RandomStreams random;
    private final String task;
    private final int[] lengths;
    /** The epoch that was asked for last. Two threads may plan the same one twice, to the same effect. */
    private volatile Epoch newest = new Epoch(-1, List.of());

    private record Epoch(long number, List<int[]> batches) {}

    /**
     * The sequence for one trial.
     *
     * @param order how epochs are cut into batches
     * @param random the trial's streams
     * @param task the task's name
     */
    public TrainingOrder(Dataset dataset, BatchOrder order, int batchSize, RandomStreams random, String task) {
        this.dataset = dataset;
        this.order = order;
        this.batchSize = batchSize;
        this.random = random;
        this.task = task;
        this.lengths = dataset.lengths();
    }

    /** The examples that batches are made of. */
    public Dataset dataset() {
        return dataset;
    }

    /** The batches of one epoch: all but one have the full size. */
    public int batchesPerEpoch() {
        return (lengths.length + batchSize - 1) / batchSize;
    }

    /** The batch with the given number, from 0. */
    public Batch batch(long number) {
        int place = (int) (number % batchesPerEpoch());
        return dataset.batch(epoch(number / batchesPerEpoch()).batches().get(place));
    }

    private Epoch epoch(long number) {
        Epoch planned = newest;
        if (planned.number() != number) {
            planned = new Epoch(number, order.epoch(lengths, batchSize, random, task, number));
            newest = planned;
        }
        return planned;
    }
}
