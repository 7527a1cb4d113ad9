package dev.palette.train;

import dev.palette.spec.Block;
import dev.palette.spec.Range;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a trial is trained: everything in a {@code train} block, and nothing that leaves the numbers as they are.
 *
 * @param steps optimizer steps; with 0 the starting weights themselves are reported
 * @param batchSize examples a step
 * @param maxLength longest sequence in word pieces, [CLS] and [SEP] counted; longer ones are truncated
 * @param precision numbers of the matrix products
 * @param optimizer how gradients move the weights
 * @param evaluate when to evaluate and what to keep
 * @param compatibility behaviours of the original code to reproduce
 */
public record Training(
        int steps,
        int batchSize,
        int maxLength,
        Precision precision,
        Optimizer optimizer,
        EvaluationPlan evaluate,
        Set<Compatibility> compatibility) {

    /** Checks the ranges. */
    public Training {
        Range.atLeast("steps", steps, 0);
        Range.atLeast("batchSize", batchSize, 1);
        Range.atLeast("maxLength", maxLength, 4);
        compatibility = Collections.unmodifiableSet(new TreeSet<>(compatibility));
    }

    /** The same plan as a block, to change single options. */
    public Options toBlock() {
        return new Options()
                .steps(steps)
                .batchSize(batchSize)
                .maxLength(maxLength)
                .precision(precision)
                .optimizer(optimizer)
                .evaluate(evaluate)
                .compatibility(compatibility);
    }

    /** Options of {@code train}. */
    public static final class Options implements Block<Training> {
        private int steps = 1_000;
        private int batchSize = 32;
        private int maxLength = 128;
        private Precision precision = Precision.FP32;
        private Optimizer optimizer = new Optimizer.AdamWOptions().build();
        private EvaluationPlan evaluate = new EvaluationPlan.Options().build();
        private final EnumSet<Compatibility> compatibility = EnumSet.noneOf(Compatibility.class);

        /** Optimizer steps; 1,000 by default. */
        public Options steps(int value) {
            steps = value;
            return this;
        }

        /** Examples a step; 32 by default. */
        public Options batchSize(int value) {
            batchSize = value;
            return this;
        }

        /** Longest sequence in word pieces; 128 by default. */
        public Options maxLength(int value) {
            maxLength = value;
            return this;
        }

        /** Numbers of the matrix products; {@code fp32} by default. */
        public Options precision(Precision value) {
            precision = value;
            return this;
        }

        /** How gradients move the weights; {@code adamW} by default. */
        public Options optimizer(Optimizer value) {
            optimizer = value;
            return this;
        }

        /** When to evaluate and what to keep. */
        public Options evaluate(EvaluationPlan value) {
            evaluate = value;
            return this;
        }

        /** Behaviours of the original code to reproduce; none by default. */
        public Options compatibility(Collection<Compatibility> switches) {
            compatibility.clear();
            compatibility.addAll(switches);
            return this;
        }

        @Override
        public Training build() {
            return new Training(steps, batchSize, maxLength, precision, optimizer, evaluate, compatibility);
        }
    }
}
