package dev.palette.train;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.function.Consumer;

/** What is done when training diverges: a loss, or an output, is not a number, or a loss is beyond {@code train.lossLimit}. */
public sealed interface Recovery {
    /** What some setbacks leave of the plan's learning rates. */
    default double rateFactor(int setbacks) {
        return 1;
    }

    /** A block to change single options of; {@code stop} has none, and becomes {@code goBack} by one of its. */
    GoBackOptions toBlock();

    /** The trial ends as diverged. */
    record Stop() implements Recovery {
        @Override
        public GoBackOptions toBlock() {
            return new GoBackOptions();
        }
    }

    /**
     * Training goes back to its last restore point and continues from there with lower learning rates.
     *
     * <p>Restore points are the start, every evaluation, and every so many steps between. They are places in the training, not in
     * time: checkpoints that are made by the clock are none, so that a trial comes to the same numbers on a slow machine, or when it
     * was interrupted.
     *
     * @param factor what all learning rates are multiplied by, each time once more
     * @param times how often at most; then the trial ends as diverged
     * @param every steps between restore points
     */
    record GoBack(
            @Limit(least = 0, above = true, most = 1) double factor,
            @Limit(least = 1) int times,
            @Limit(least = 1) int every)
            implements Recovery {
        /** Checks the ranges. */
        public GoBack {
            Limits.check(GoBack.class, factor, times, every);
        }

        @Override
        public double rateFactor(int setbacks) {
            return Math.pow(factor, setbacks);
        }

        @Override
        public GoBackOptions toBlock() {
            return new GoBackOptions().factor(factor).times(times).every(every);
        }
    }

    /** Going back, configured by a block: {@code Recovery.goBack(g -> g.times(5))}. */
    static Recovery goBack(Consumer<GoBackOptions> configure) {
        return Block.filled(new GoBackOptions(), configure);
    }

    /** {@code stop} has no options. */
    final class StopOptions implements Block<Recovery> {
        @Override
        public Stop build() {
            return new Stop();
        }
    }

    /** Options of {@code goBack}. */
    final class GoBackOptions implements Block<Recovery> {
        private double factor = 0.5;
        private int times = 3;
        private int every = 1_000;

        /** What all learning rates are multiplied by, each time once more; 0.5 by default. */
        public GoBackOptions factor(double value) {
            factor = value;
            return this;
        }

        /** How often at most; then the trial ends as diverged; 3 by default. */
        public GoBackOptions times(int value) {
            times = value;
            return this;
        }

        /** Steps between restore points; 1,000 by default. */
        public GoBackOptions every(int steps) {
            every = steps;
            return this;
        }

        @Override
        public GoBack build() {
            return new GoBack(factor, times, every);
        }
    }
}
