package dev.palette.train;

import java.util.EnumSet;
import java.util.Set;

/**
 * Behaviours of the original "BERT and PALs" code that are wrong or unusual, each of which can be switched on alone to find out
 * what hangs on it. None is on by default. Where the original speaks of an epoch, these count from one evaluation to the next.
 */
public enum Compatibility {
    /** Each parameter's gradient is clipped by its own norm, instead of all by their common norm. */
    CLIP_PER_TENSOR,
    /** After its first gradient a parameter is moved at every step, by momentum and weight decay, also when it took no part. */
    UPDATE_IDLE,
    /** The learning rate schedule counts each parameter's own updates instead of the trial's steps. */
    SCHEDULE_PER_PARAMETER,
    /**
     * With {@code accumulate n} the schedule is as long as if every micro-batch were a step, so that only an n-th of it is gone
     * through. In the original this concerns training on one task, or on its three inference tasks.
     */
    SCHEDULE_COUNTS_MICRO_STEPS,
    /** Scale and shift of new layer norms start from N(0, 0.02²), instead of 1 and 0. */
    NORMAL_LAYER_NORMS,
    /** Dropout is on until the first evaluation and then never again. */
    DROPOUT_FIRST_EPOCH_ONLY,
    /** A task's second and later passes over its examples repeat the batches of the first, in the same order. */
    REPLAY_FIRST_PASS,
    /** Round robin stays with the first task. */
    ROUND_ROBIN_FIRST_TASK_ONLY,
    /** GLUE's eight tasks are sampled by the sizes that the original has written down, among them an older QNLI's. */
    FIXED_TASK_SIZES,
    /**
     * The checkpoint is chosen by means over batches of eight: of Matthews' correlation, of Pearson's, which is undefined in a batch
     * of equal scores and then makes the whole undefined, else of accuracy. What is undefined is never the best.
     */
    BATCH_MEAN_METRICS,
    /** The weights after the last step are reported, whatever checkpoint was chosen. */
    REPORT_LAST_WEIGHTS,
    /**
     * {@code run_multi_task} on one task, or on the three about inference, calls half the first task's examples an epoch, instead of
     * all tasks' examples.
     */
    HALF_EPOCHS,
    /**
     * {@code run_squad} chooses windows to train on by comparing places of words with places of word pieces, so that some with the
     * answer are left out.
     */
    WINDOWS_BY_WORDS,
    /** {@code extract_features} reads both texts of a pair as if they were the first. */
    PAIRS_WITHOUT_SEGMENTS;

    /** All of them. */
    public static Set<Compatibility> original() {
        return EnumSet.allOf(Compatibility.class);
    }
}
