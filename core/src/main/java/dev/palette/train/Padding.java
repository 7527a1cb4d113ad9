package dev.palette.train;

import ai.djl.ndarray.NDManager;
import dev.palette.model.ModelInput;
import dev.palette.task.Batch;
import dev.palette.task.BatchOrder;

/** How the sequences of a batch, which differ in length, are brought together. */
public enum Padding {
    /** Not at all: word pieces stand one below the other, and nothing is computed but them. Batches are drawn at random. */
    PACKED,
    /** Sequences of like length form a batch, and are padded to its longest; see {@link dev.palette.task.LengthBuckets}. */
    BUCKETED,
    /** Batches are drawn at random, and padded to their longest sequence. */
    LONGEST,
    /** Batches are drawn at random, and padded to {@code maxLength}, as by the original. */
    MAX;

    /** How examples are put into batches. */
    public BatchOrder order() {
        return this == BUCKETED ? BatchOrder.BUCKETED : BatchOrder.SHUFFLED;
    }

    /**
     * A batch as the encoder takes it.
     *
     * @param maxLength what {@link #MAX} pads to
     */
    ModelInput input(Batch batch, int maxLength, NDManager scope) {
        return switch (this) {
            case PACKED -> ModelInput.packed(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
            case BUCKETED, LONGEST -> ModelInput.padded(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
            case MAX -> {
                Batch wide = batch.widenedTo(maxLength);
                yield ModelInput.padded(scope, wide.inputIds(), wide.tokenTypes(), wide.lengths());
            }
        };
    }
}
