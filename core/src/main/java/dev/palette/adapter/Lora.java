package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Low-rank adaptation (Hu et al. 2022, §4.1): each task adds to chosen linear maps of each layer an update of low rank, which can be
 * merged into the weights afterwards:
 *
 * <pre>y = W x + b + (α / r) · B A · dropout(x)</pre>
 *
 * <p>B starts at 0, so that nothing is changed at first. With {@code rankStabilised} the update is scaled by α / √r instead, with
 * which higher ranks learn as fast as low ones (Kalajdzievski 2023).
 *
 * @param rank r, rows of A and columns of B; 8 by default
 * @param alpha α; 8 by default
 * @param dropout rate on what the update reads, while training; 0 by default
 * @param rankStabilised whether α is divided by √r instead of r; false by default
 * @param projections the linear maps that are updated, ascending; query and value by default
 * @param layers the encoder layers that get one, from 0, ascending; empty, the default, for all
 * @see "Hu et al. 2022, LoRA: Low-Rank Adaptation of Large Language Models, §4.1 (arXiv:2106.09685)"
 * @see "Kalajdzievski 2023, A Rank Stabilization Scaling Factor for Fine-Tuning with LoRA (arXiv:2312.03732)"
 */
public record Lora(
        @Limit(least = 1) int rank,
        @Limit(least = 0, above = true) double alpha,
        @Limit(least = 0, most = 1) double dropout,
        boolean rankStabilised,
        List<Projection> projections,
        List<Integer> layers)
        implements Adapter {
    /** Checks the ranges. */
    public Lora {
        Limits.check(Lora.class, rank, alpha, dropout, rankStabilised, projections, layers);
        projections = Projection.ascending(projections);
        layers = LayerSubset.ascending(layers);
    }

    /** LoRA configured by a block: {@code Lora.of(l -> l.rank(16))}. */
    public static Lora of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return (rankStabilised ? "rsLoRA(" : "LoRA(") + rank + (alpha == Options.ALPHA ? "" : ", alpha " + alpha)
                + Projection.label(projections, Options.PROJECTIONS) + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer : LayerSubset.in(encoder, layers)) {
                for (Projection projection : projections) {
                    all.addAll(
                            LowRankUpdate.parameters(prefix(task, layer, projection), encoder, projection, rank, task));
                }
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return LayerSubset.has(layers, layer)
                ? ProjectionAdapter.of(projections, projection -> update(prefix(task, layer, projection), parameters))
                : LayerAdapter.NONE;
    }

    private ProjectionAdapter.Change update(String prefix, ParameterSource parameters) {
        return LowRankUpdate.of(prefix, parameters, scale()).change(dropout);
    }

    /** What the update is multiplied by: α / r, or α / √r. */
    public double scale() {
        return alpha / (rankStabilised ? Math.sqrt(rank) : rank);
    }

    private static String prefix(String task, int layer, Projection projection) {
        return "adapter.lora." + task + ".layer." + layer + "." + projection.word() + ".";
    }

    /** Options of {@code lora}. */
    public static final class Options implements Block<Lora> {
        private static final double ALPHA = 8;
        private static final List<Projection> PROJECTIONS = List.of(Projection.QUERY, Projection.VALUE);

        private int rank = 8;
        private double alpha = ALPHA;
        private double dropout;
        private boolean rankStabilised;
        private List<Projection> projections = PROJECTIONS;
        private List<Integer> layers = List.of();

        /** Rank of the updates; 8 by default. */
        public Options rank(int value) {
            rank = value;
            return this;
        }

        /** What the updates are scaled by, over the rank; 8 by default. */
        public Options alpha(double value) {
            alpha = value;
            return this;
        }

        /** Rate at which what the updates read is dropped out while training; 0 by default. */
        public Options dropout(double value) {
            dropout = value;
            return this;
        }

        /** Whether alpha is divided by the root of the rank, as in rsLoRA; false by default. */
        public Options rankStabilised(boolean value) {
            rankStabilised = value;
            return this;
        }

        /** The linear maps that are updated, e.g. {@code projections attention.query, feedForward.inner}. */
        public Options projections(Collection<Projection> values) {
            projections = List.copyOf(values);
            return this;
        }

        /** The linear maps that are updated. */
        public Options projections(Projection... values) {
            return projections(List.of(values));
        }

        /** The encoder layers that get updates, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that get updates, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public Lora build() {
            return new Lora(rank, alpha, dropout, rankStabilised, projections, layers);
        }
    }
}
