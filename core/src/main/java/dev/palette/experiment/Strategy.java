package dev.palette.experiment;

import dev.palette.spec.Range;

/** Which of an experiment's variants are run. */
public sealed interface Strategy {
    /** Every combination of the axes' values. */
    record Grid() implements Strategy {}

    /**
     * Combinations drawn at random, each for itself (Bergstra &amp; Bengio 2012).
     *
     * @param points how many
     */
    record Random(int points) implements Strategy {
        /** Checks the range. */
        public Random {
            Range.atLeast("random", points, 1);
        }
    }

    /**
     * Combinations proposed by a model of the scores so far, a tree-structured Parzen estimator (Bergstra et al. 2011).
     *
     * @param points how many
     */
    record Bayes(int points) implements Strategy {
        /** Checks the range. */
        public Bayes {
            Range.atLeast("bayes", points, 1);
        }
    }
}
