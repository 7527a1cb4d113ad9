package dev.palette.task;

/** What training makes small: compares a head's output with the labels of a {@link Batch}. */
public enum Loss {
    /** Mean cross-entropy; outputs (B, C), labels (B) the index of the right one of C classes or choices. */
    CROSS_ENTROPY,
    /** Mean squared error; outputs (B, 1), labels (B). */
    MEAN_SQUARED_ERROR,
    /**
     * The mean of two cross-entropies over positions, of a span's start and of its end; outputs (B, T, 2), labels (B, 2). A
     * position outside the batch counts for nothing. Padding competes with the rest, as in the original; but here there is less
     * of it, for batches are padded to their longest alone.
     */
    SPAN,
    /**
     * Mean cross-entropy over the labelled word pieces of a batch; outputs (B, T, C), labels (B, T) the index of the right one of C
     * classes, or {@link #UNLABELLED}.
     */
    TOKENS;

    /** The label of a word piece that counts for nothing, as PyTorch has it. */
    public static final float UNLABELLED = -100;
}
