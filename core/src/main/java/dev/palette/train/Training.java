package dev.palette.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palette.adapter.Declaration;
import dev.palette.balance.Equal;
import dev.palette.balance.LossBalancing;
import dev.palette.model.Freeze;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a trial is trained: everything in a {@code train} block, and nothing that leaves the numbers as they are.
 *
 * @param steps optimizer steps; with 0 the starting weights themselves are reported
 * @param batchSize examples a batch
 * @param taskSizes what samplers take for the sizes of tasks; null for the number of examples that are trained on
 * @param batchesPerStep batches of a step, each of a task of its own draw
 * @param accumulate parts that a step's batch is divided into, to need less memory; the numbers are those of the whole batch
 * @param maxLength longest sequence in word pieces, [CLS] and [SEP] counted; longer ones are truncated
 * @param padding how sequences of different length are brought together
 * @param precision numbers of the matrix products
 * @param freeze what stays as it is
 * @param unfreeze when each of the encoder's layers begins to be trained
 * @param cacheFrozen whether the layers below the lowest trained parameter compute without dropout, once an example
 * @param recompute whether the backward pass computes each layer again instead of keeping what it needs of it
 * @param balance how much each task's loss counts
 * @param attendance when which tasks can be drawn
 * @param optimizer how gradients move the weights
 * @param lossLimit the largest loss of a batch with which training has not diverged; 0 for any finite one
 * @param onDivergence what is done when training diverges
 * @param evaluate when to evaluate and what to keep
 * @param compatibility behaviours of the original code to reproduce
 */
public record Training(
        @Limit(least = 0) int steps,
        @Limit(least = 1) int batchSize,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TaskSizing taskSizes,

        @Limit(least = 1) int batchesPerStep,
        @Limit(least = 1) int accumulate,
        @Limit(least = 4) int maxLength,
        Padding padding,
        Precision precision,
        Freeze freeze,
        Unfreezing unfreeze,
        boolean cacheFrozen,
        boolean recompute,
        LossBalancing balance,
        Attendance attendance,
        Optimizer optimizer,
        @Limit(least = 0) double lossLimit,
        Recovery onDivergence,
        EvaluationPlan evaluate,
        Set<Compatibility> compatibility) {

    /** Checks the ranges. */
    public Training {
        Limits.check(
                Training.class,
                steps,
                batchSize,
                taskSizes,
                batchesPerStep,
                accumulate,
                maxLength,
                padding,
                precision,
                freeze,
                unfreeze,
                cacheFrozen,
                recompute,
                balance,
                attendance,
                optimizer,
                lossLimit,
                onDivergence,
                evaluate,
                compatibility);
        compatibility = Collections.unmodifiableSet(new TreeSet<>(compatibility));
    }

    /**
     * Checks what options must have in common, once all of them are set.
     *
     * @throws PaletteException when two contradict each other
     */
    public void requireConsistent() {
        if (accumulate > batchSize) {
            throw new PaletteException(
                    "train.accumulate is %d, expected at most train.batchSize %d: a part of a step's batch has at least one example"
                            .formatted(accumulate, batchSize));
        }
        if (cacheFrozen && freeze.equals(Freeze.none()) && (!unfreeze.isGradual() || unfreeze.lowest() < 0)) {
            throw new PaletteException(
                    "train.cacheFrozen is true, but train.freeze is none: every layer is trained, so that none can be computed once; set train.freeze to pretrained");
        }
        if (balance.compared() != LossBalancing.Compared.NOTHING && batchesPerStep == 1) {
            throw new PaletteException(
                    "train.balance is %s, which compares the tasks of a step, but train.batchesPerStep is 1; set it to 2 or more"
                            .formatted(balance.word()));
        }
        if (unfreeze.isGradual() && (freeze instanceof Freeze.Encoder || freeze instanceof Freeze.Pretrained)) {
            throw new PaletteException(
                    "train.unfreeze.every is %d, but train.freeze is %s, which keeps the encoder as it is to the end; leave out one of them"
                            .formatted(unfreeze.every(), Word.of(freeze.getClass())));
        }
        if (!unfreeze.isGradual() && unfreeze.downTo() > 0) {
            throw new PaletteException(
                    "train.unfreeze.downTo is %d, but train.unfreeze.every is 0, so that nothing waits; set it, e.g. unfreeze { every 200; downTo %d }"
                            .formatted(unfreeze.downTo(), unfreeze.downTo()));
        }
        if (cacheFrozen && padding != Padding.PACKED) {
            throw new PaletteException(
                    "train.cacheFrozen is true, but train.padding is %s: what is kept has no padding; leave train.padding at packed"
                            .formatted(padding.name().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * Checks that the encoder has places for the longest sequence.
     *
     * @throws PaletteException when it hasn't
     */
    public void requirePositions(BertConfig encoder) {
        if (maxLength > encoder.positions()) {
            throw new PaletteException(
                    "train.maxLength is %d, but the encoder reads at most %d word pieces (max_position_embeddings); set train.maxLength to %d or less"
                            .formatted(maxLength, encoder.positions(), encoder.positions()));
        }
    }

    /**
     * Checks what it says of single parameters.
     *
     * @param declared gives every parameter of the model
     * @throws PaletteException when it names one that isn't there, or leaves nothing to train
     */
    public void requireParameters(Supplier<? extends Collection<Declaration>> declared) {
        boolean namesNone = !(freeze instanceof Freeze.Chosen)
                && optimizer.groups().isEmpty()
                && !unfreeze.isGradual()
                && !cacheFrozen
                && balance.compared() == LossBalancing.Compared.NOTHING;
        if (!namesNone) {
            new ParameterPlan(this, declared.get()).requireKnown();
        }
    }

    /** Whether a parameter is trained, sooner or later. */
    public boolean trainable(Declaration declaration) {
        return !declaration.isGiven() && freeze.trains(declaration) && unfreeze.everTrains(declaration);
    }

    /** Whether a behaviour of the original code is to be reproduced. */
    public boolean reproduces(Compatibility behaviour) {
        return compatibility.contains(behaviour);
    }

    /** The same plan as a block, to change single options. */
    public Options toBlock() {
        Options block = taskSizes == null ? new Options() : new Options().taskSizes(taskSizes);
        return block.steps(steps)
                .batchSize(batchSize)
                .batchesPerStep(batchesPerStep)
                .accumulate(accumulate)
                .maxLength(maxLength)
                .padding(padding)
                .precision(precision)
                .freeze(freeze)
                .unfreeze(unfreeze)
                .cacheFrozen(cacheFrozen)
                .recompute(recompute)
                .balance(balance)
                .attendance(attendance)
                .optimizer(optimizer)
                .lossLimit(lossLimit)
                .onDivergence(onDivergence)
                .evaluate(evaluate)
                .compatibility(compatibility);
    }

    /** A plan configured by a block: {@code Training.of(t -> t.steps(2_000).batchSize(16))}. */
    public static Training of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** Options of {@code train}. */
    public static final class Options implements Block<Training> {
        private int steps = 1_000;
        private int batchSize = 32;
        private @Nullable TaskSizing taskSizes;
        private int batchesPerStep = 1;
        private int accumulate = 1;
        private int maxLength = 128;
        private Padding padding = Padding.PACKED;
        private Precision precision = Precision.FP32;
        private Freeze freeze = Freeze.none();
        private Unfreezing unfreeze = new Unfreezing.Options().build();
        private boolean cacheFrozen;
        private boolean recompute;
        private LossBalancing balance = new Equal();
        private Attendance attendance = new Attendance.Options().build();
        private Optimizer optimizer = new Optimizer.AdamWOptions().build();
        private double lossLimit;
        private Recovery onDivergence = new Recovery.Stop();
        private EvaluationPlan evaluate = new EvaluationPlan.Options().build();
        private final EnumSet<Compatibility> compatibility = EnumSet.noneOf(Compatibility.class);

        /** Optimizer steps; 1,000 by default. */
        public Options steps(int value) {
            steps = value;
            return this;
        }

        /** Examples a batch; 32 by default. */
        public Options batchSize(int value) {
            batchSize = value;
            return this;
        }

        /**
         * What samplers take for the sizes of tasks: {@code official}, those of the published data, where only a part of them is at hand;
         * by default the number of examples that are trained on.
         */
        public Options taskSizes(TaskSizing value) {
            taskSizes = value;
            return this;
        }

        /**
         * Batches a step, each of a task that is drawn for it, so that a step has so many times {@code batchSize} examples; 1 by default.
         */
        public Options batchesPerStep(int value) {
            batchesPerStep = value;
            return this;
        }

        /**
         * Parts that a step's batch is divided into, to need less memory: as equal as possible, each with a weight by its examples;
         * 1 by default.
         */
        public Options accumulate(int value) {
            accumulate = value;
            return this;
        }

        /** Longest sequence in word pieces; 128 by default. */
        public Options maxLength(int value) {
            maxLength = value;
            return this;
        }

        /** How sequences of different length are brought together; {@code packed} by default. */
        public Options padding(Padding value) {
            padding = value;
            return this;
        }

        /** Numbers of the matrix products; {@code fp32} by default. */
        public Options precision(Precision value) {
            precision = value;
            return this;
        }

        /** What stays as it is: {@code pretrained}, or {@code { layers 0..3; parts part.embeddings }}; {@code none} by default. */
        public Options freeze(Freeze value) {
            freeze = value;
            return this;
        }

        /** When each of the encoder's layers begins to be trained: {@code { every 200 }}; all at the start by default. */
        public Options unfreeze(Unfreezing value) {
            unfreeze = value;
            return this;
        }

        /**
         * Whether the layers below the lowest trained parameter compute without dropout, so that what they make of an example can be
         * kept; false by default.
         */
        public Options cacheFrozen(boolean value) {
            cacheFrozen = value;
            return this;
        }

        /**
         * Whether the backward pass computes each layer again instead of keeping what it needs of it: a third more work for a fraction
         * of the memory (Chen et al. 2016), with the same numbers; false by default.
         */
        public Options recompute(boolean value) {
            recompute = value;
            return this;
        }

        /** How much each task's loss counts: {@code gradNorm { alpha 1.5 }}; {@code equal()} by default. */
        public Options balance(LossBalancing value) {
            balance = value;
            return this;
        }

        /** When which tasks can be drawn: {@code { join rte: 0.5; patience 3 }}; all, from first to last step, by default. */
        public Options attendance(Attendance value) {
            attendance = value;
            return this;
        }

        /** How gradients move the weights; {@code adamW} by default. */
        public Options optimizer(Optimizer value) {
            optimizer = value;
            return this;
        }

        /** The largest loss of a batch with which training has not diverged; 0, the default, for any finite one. */
        public Options lossLimit(double value) {
            lossLimit = value;
            return this;
        }

        /** What is done when training diverges; {@code stop()} by default. */
        public Options onDivergence(Recovery value) {
            onDivergence = value;
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
            return new Training(
                    steps,
                    batchSize,
                    taskSizes,
                    batchesPerStep,
                    accumulate,
                    maxLength,
                    padding,
                    precision,
                    freeze,
                    unfreeze,
                    cacheFrozen,
                    recompute,
                    balance,
                    attendance,
                    optimizer,
                    lossLimit,
                    onDivergence,
                    evaluate,
                    compatibility);
        }
    }
}
