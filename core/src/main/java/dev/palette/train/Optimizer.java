package dev.palette.train;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** How gradients move the weights, as a script describes it. */
public sealed interface Optimizer {
    /** Learning rate at the top of the schedule. */
    double learningRate();

    /** Share of the steps over which the rate climbs from 0, between 0 and 1. */
    double warmupFraction();

    /** Decoupled weight decay of matrices and embeddings; biases and layer norms have none. */
    double weightDecay();

    /** Largest norm of a gradient; larger ones are scaled down to it. */
    double clipNorm();

    /** Added to the root of the second moment. */
    double epsilon();

    /**
     * What each of the encoder's layers has of the learning rate of the layer above it; the top layer has the whole rate, as have pooler,
     * adapters and heads, and the embeddings are below the lowest layer; 1 for the same rate everywhere.
     */
    double layerDecay();

    /** Parameters with a rate or decay of their own; of several that a parameter is in, the first counts. */
    List<ParameterGroup> groups();

    /** AdamW configured by a block: {@code Optimizer.adamW(a -> a.learningRate(2e-5))}. */
    static Optimizer adamW(Consumer<AdamWOptions> configure) {
        return Block.filled(new AdamWOptions(), configure);
    }

    /** BERT's own Adam configured by a block. */
    static Optimizer bertAdam(Consumer<BertAdamOptions> configure) {
        return Block.filled(new BertAdamOptions(), configure);
    }

    /** The same optimizer as a block, to change single options. */
    Options<?> toBlock();

    /**
     * AdamW (Loshchilov &amp; Hutter 2019) with bias correction; without it small tasks are unstable (Zhang et al.,
     * arXiv 2006.05987). Linear warm-up, then linear decay to 0 from the same point.
     *
     * @see "Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization (arXiv:1711.05101)"
     */
    record AdamW(
            @Limit(least = 0, above = true) double learningRate,
            @Limit(least = 0, most = 1) double warmupFraction,
            @Limit(least = 0, most = 1) double weightDecay,
            @Limit(least = 0, above = true) double clipNorm,
            @Limit(least = 0, above = true) double epsilon,
            @Limit(least = 0, above = true, most = 1) double layerDecay,
            List<ParameterGroup> groups)
            implements Optimizer {
        /** Checks the ranges. */
        public AdamW {
            groups = List.copyOf(groups);
            Limits.check(AdamW.class, learningRate, warmupFraction, weightDecay, clipNorm, epsilon, layerDecay, groups);
        }

        @Override
        public AdamWOptions toBlock() {
            return new AdamWOptions().from(this);
        }
    }

    /**
     * BERT's own Adam, for reruns: no bias correction, and after the warm-up the rate jumps to the line from 1 at step 0 to 0 at
     * the end.
     *
     * @see "Devlin et al. 2019, BERT, appendix A.2 and optimization.py of its code (arXiv:1810.04805)"
     */
    record BertAdam(
            @Limit(least = 0, above = true) double learningRate,
            @Limit(least = 0, most = 1) double warmupFraction,
            @Limit(least = 0, most = 1) double weightDecay,
            @Limit(least = 0, above = true) double clipNorm,
            @Limit(least = 0, above = true) double epsilon,
            @Limit(least = 0, above = true, most = 1) double layerDecay,
            List<ParameterGroup> groups)
            implements Optimizer {
        /** Checks the ranges. */
        public BertAdam {
            groups = List.copyOf(groups);
            Limits.check(
                    BertAdam.class, learningRate, warmupFraction, weightDecay, clipNorm, epsilon, layerDecay, groups);
        }

        @Override
        public BertAdamOptions toBlock() {
            return new BertAdamOptions().from(this);
        }
    }

    /** The options every optimizer has. */
    @SuppressWarnings("unchecked") // each subclass passes itself as B
    abstract class Options<B extends Options<B>> implements Block<Optimizer> {
        double learningRate = 2e-5;
        double warmupFraction = 0.1;
        double weightDecay = 0.01;
        double clipNorm = 1.0;
        double epsilon = 1e-6;
        double layerDecay = 1;
        List<ParameterGroup> groups = List.of();

        /** Learning rate at the top of the schedule; 2e-5 by default. */
        public B learningRate(double value) {
            learningRate = value;
            return (B) this;
        }

        /** Share of the steps over which the rate climbs; 0.1 by default. */
        public B warmupFraction(double value) {
            warmupFraction = value;
            return (B) this;
        }

        /** Decoupled weight decay; 0.01 by default. */
        public B weightDecay(double value) {
            weightDecay = value;
            return (B) this;
        }

        /** Largest gradient norm; 1 by default. */
        public B clipNorm(double value) {
            clipNorm = value;
            return (B) this;
        }

        /** Added to the root of the second moment; 1e-6 by default. */
        public B epsilon(double value) {
            epsilon = value;
            return (B) this;
        }

        /**
         * What each of the encoder's layers has of the learning rate of the layer above it (Howard &amp; Ruder 2018, §3.2): 0.95 is usual;
         * 1, the default, for the same everywhere. Pooler, adapters and heads have the whole rate.
         */
        public B layerDecay(double value) {
            layerDecay = value;
            return (B) this;
        }

        /**
         * Parameters with a rate or decay of their own: {@code groups group { names 'adapter.*'; learningRate 3e-4 }}; none by default.
         * Of several that a parameter is in, the first counts.
         */
        public B groups(Collection<ParameterGroup> values) {
            groups = List.copyOf(values);
            return (B) this;
        }

        /** Parameters with a rate or decay of their own. */
        public B groups(ParameterGroup... values) {
            return groups(List.of(values));
        }

        B from(Optimizer other) {
            return learningRate(other.learningRate())
                    .warmupFraction(other.warmupFraction())
                    .weightDecay(other.weightDecay())
                    .clipNorm(other.clipNorm())
                    .epsilon(other.epsilon())
                    .layerDecay(other.layerDecay())
                    .groups(other.groups());
        }
    }

    /** Options of {@code adamW}. */
    final class AdamWOptions extends Options<AdamWOptions> {
        @Override
        public AdamW build() {
            return new AdamW(learningRate, warmupFraction, weightDecay, clipNorm, epsilon, layerDecay, groups);
        }
    }

    /** Options of {@code bertAdam}. */
    final class BertAdamOptions extends Options<BertAdamOptions> {
        @Override
        public BertAdam build() {
            return new BertAdam(learningRate, warmupFraction, weightDecay, clipNorm, epsilon, layerDecay, groups);
        }
    }
}
