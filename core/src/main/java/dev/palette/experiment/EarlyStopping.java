package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.Range;
import java.util.function.Consumer;

/** When a trial that does poorly is stopped before its end, by its scores on the selection split. */
public sealed interface EarlyStopping {
    /** Every trial runs to its end. */
    record Never() implements EarlyStopping {}

    /**
     * Asynchronous successive halving (Li et al. 2020), in the form that stops: at the rungs, {@code from} steps and then each time
     * {@code reduction} times as many, a trial goes on if its score is among the best 1/{@code reduction} of all that have come so
     * far. Who comes first has nobody to be compared with and goes on.
     *
     * @param from steps of the first rung; 0 for the first evaluation
     * @param reduction of so many trials one goes on
     * @see "Li et al. 2020, A System for Massively Parallel Hyperparameter Tuning (arXiv:1810.05934)"
     */
    record Asha(int from, int reduction) implements EarlyStopping {
        /** Checks the ranges. */
        public Asha {
            Range.atLeast("from", from, 0);
            Range.atLeast("reduction", reduction, 2);
        }
    }

    /**
     * The median rule (Golovin et al. 2017): a trial is stopped at an evaluation when its best score so far is below the median of
     * the other trials' mean scores up to the same step.
     *
     * @param from no trial is stopped before so many steps
     * @param after no trial is stopped before so many others have come as far
     * @see "Golovin et al. 2017, Google Vizier, §3.2.2"
     */
    record MedianRule(int from, int after) implements EarlyStopping {
        /** Checks the ranges. */
        public MedianRule {
            Range.atLeast("from", from, 0);
            Range.atLeast("after", after, 1);
        }
    }

    /** ASHA configured by a block: {@code EarlyStopping.asha(a -> a.reduction(4))}. */
    static Asha asha(Consumer<AshaOptions> configure) {
        return Block.filled(new AshaOptions(), configure);
    }

    /** The median rule configured by a block: {@code EarlyStopping.medianRule(m -> m.after(10))}. */
    static MedianRule medianRule(Consumer<MedianRuleOptions> configure) {
        return Block.filled(new MedianRuleOptions(), configure);
    }

    /** Options of {@code asha}. */
    final class AshaOptions implements Block<Asha> {
        private int from;
        private int reduction = 3;

        /** Steps of the first rung; by default those of the first evaluation. */
        public AshaOptions from(int steps) {
            from = steps;
            return this;
        }

        /** Of so many trials one goes on at each rung; 3 by default. */
        public AshaOptions reduction(int value) {
            reduction = value;
            return this;
        }

        @Override
        public Asha build() {
            return new Asha(from, reduction);
        }
    }

    /** Options of {@code medianRule}. */
    final class MedianRuleOptions implements Block<MedianRule> {
        private int from;
        private int after = 5;

        /** No trial is stopped before so many steps; by default from the first evaluation on. */
        public MedianRuleOptions from(int steps) {
            from = steps;
            return this;
        }

        /** No trial is stopped before so many others have come as far; 5 by default. */
        public MedianRuleOptions after(int trials) {
            after = trials;
            return this;
        }

        @Override
        public MedianRule build() {
            return new MedianRule(from, after);
        }
    }
}
