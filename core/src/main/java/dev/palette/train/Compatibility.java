package dev.palette.train;

import java.util.EnumSet;
import java.util.Set;

/**
 * Behaviours of the original "BERT and PALs" code that are wrong or unusual, each of which can be switched on alone to find out
 * what hangs on it. None is on by default.
 */
public enum Compatibility {
    /** Each parameter's gradient is clipped by its own norm, instead of all by their common norm. */
    CLIP_PER_TENSOR,
    /** After its first gradient a parameter is moved at every step, by momentum and weight decay, also when it took no part. */
    UPDATE_IDLE,
    /** The learning rate schedule counts each parameter's own updates instead of the trial's steps. */
    SCHEDULE_PER_PARAMETER,
    /** {@code extract_features} reads both texts of a pair as if they were the first. */
    PAIRS_WITHOUT_SEGMENTS;

    /** All of them: the original's optimizer. */
    public static Set<Compatibility> original() {
        return EnumSet.allOf(Compatibility.class);
    }
}
