package dev.palette.train;

import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import java.time.Duration;

/**
 * When a run writes checkpoints and which of them stay. Nothing of it changes a trial's numbers.
 *
 * @param interval the longest time between two
 * @param steps a checkpoint is also written after every so many steps; 0 for the clock alone
 * @param keep what a finished run keeps
 */
public record CheckpointPlan(Duration interval, int steps, Keep keep) {
    /** Every ten minutes; a finished run keeps its best weights. */
    public static final CheckpointPlan DEFAULT = new CheckpointPlan(Duration.ofMinutes(10), 0, Keep.BEST);

    /** What a finished run keeps. */
    public enum Keep {
        /** The weights of the best evaluation. */
        BEST,
        /**
         * Those, and every checkpoint written for its step's number. What is written for the clock's sake is replaced by the next, so
         * that which checkpoints there are depends on no machine's speed, and their number is known before the start.
         */
        ALL
    }

    /**
     * Checks that the parts fit together.
     *
     * @throws PaletteException when the interval is none, the steps are negative, or all are to be kept but none has a number
     */
    public CheckpointPlan {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("no interval: " + interval);
        }
        Range.atLeast("checkpoint.steps", steps, 0);
        if (keep == Keep.ALL && steps == 0) {
            throw new PaletteException(
                    "checkpoint.keep is all, but checkpoint.steps is 0, so that none is written by its step; set checkpoint.steps, e.g. to 1000");
        }
    }

    /** Whether a checkpoint is due at a step by its number. */
    boolean isNumbered(long step) {
        return steps > 0 && step > 0 && step % steps == 0;
    }

    /** Whether the checkpoint of a step stays when newer ones are there. */
    boolean stays(long step) {
        return keep == Keep.ALL && isNumbered(step);
    }
}
