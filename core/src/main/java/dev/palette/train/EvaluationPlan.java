package dev.palette.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.task.Average;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When a trial is evaluated and which checkpoint it keeps.
 *
 * @param every steps between evaluations on the selection split; 0 for the end alone; idle when nothing selects
 * @param selectOn the examples that choose the best checkpoint
 * @param keepBest the average that is compared
 * @param devExamples of each dev set at most so many examples are looked at, the same ones in every trial; null for all
 * @param report whether the dev sets are evaluated and predicted at the end; if not, their files need not exist
 */
public record EvaluationPlan(
        @Limit(least = 0) int every,
        Selection selectOn,
        Average keepBest,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Limit(least = 1) @Nullable
        Integer devExamples,

        boolean report) {
    /** Checks the ranges. */
    public EvaluationPlan {
        Limits.check(EvaluationPlan.class, every, selectOn, keepBest, devExamples, report);
    }

    /** A plan that looks at whole dev sets. */
    public EvaluationPlan(int every, Selection selectOn, Average keepBest, boolean report) {
        this(every, selectOn, keepBest, null, report);
    }

    /** A plan configured by a block: {@code EvaluationPlan.of(e -> e.every(100))}. */
    public static EvaluationPlan of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /**
     * Whether the model is evaluated between steps now; at the end it always is.
     *
     * @param done steps done
     */
    boolean isDue(long done) {
        return every > 0 && done % every == 0;
    }

    /** The same plan as a block, to change single options. */
    public Options toBlock() {
        Options block = devExamples == null ? new Options() : new Options().devExamples(devExamples);
        return block.every(every).selectOn(selectOn).keepBest(keepBest).report(report);
    }

    /** Options of {@code evaluate}. */
    public static final class Options implements Block<EvaluationPlan> {
        private int every;
        private Selection selectOn = new Selection.Holdout(0.1);
        private Average keepBest = Average.GLUE;
        private @Nullable Integer devExamples;
        private boolean report = true;

        /** Steps between evaluations; 0, the default, evaluates at the end alone. */
        public Options every(int steps) {
            every = steps;
            return this;
        }

        /** What chooses the best checkpoint; {@code holdout(0.1)} by default. */
        public Options selectOn(Selection selection) {
            selectOn = selection;
            return this;
        }

        /** The average that is compared; {@code average.glue} by default. */
        public Options keepBest(Average average) {
            keepBest = average;
            return this;
        }

        /**
         * Of each dev set at most so many examples, of every class in proportion and the same ones in every trial, where all would take too
         * long; tables say so. All by default.
         */
        public Options devExamples(int value) {
            devExamples = value;
            return this;
        }

        /** Whether the dev sets are evaluated and predicted at the end; true by default. */
        public Options report(boolean value) {
            report = value;
            return this;
        }

        @Override
        public EvaluationPlan build() {
            return new EvaluationPlan(every, selectOn, keepBest, devExamples, report);
        }
    }
}
