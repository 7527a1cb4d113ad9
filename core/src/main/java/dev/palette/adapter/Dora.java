package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Role;
import dev.palette.adapter.Declaration.Start;
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
 * Weight-decomposed low-rank adaptation (Liu et al. 2024, §4): the weight's rows are split into a length and a direction; a task learns
 * the lengths m, and changes the directions by an update of low rank:
 *
 * <pre>y = m ⊙ ((W + s B A) x / ‖W + s B A‖) + b,   s = α / r</pre>
 *
 * <p>where ‖·‖ is the norm of each row and, as the paper has it (§4.3), no gradient goes through it. B starts at 0 and m at ‖W‖, so that
 * nothing is changed at first. Lengths are not decayed. Dropout, where there is any, is on what the update reads.
 *
 * @param rank r, rows of A and columns of B; 8 by default
 * @param alpha α; 8 by default
 * @param dropout rate on what the update reads, while training; 0 by default
 * @param projections the linear maps that are updated, ascending; query and value by default
 * @param layers the encoder layers that get one, from 0, ascending; empty, the default, for all
 * @see "Liu et al. 2024, DoRA: Weight-Decomposed Low-Rank Adaptation, §4 (arXiv:2402.09353)"
 */
public record Dora(
        @Limit(least = 1) int rank,
        @Limit(least = 0, above = true) double alpha,
        @Limit(least = 0, most = 1) double dropout,
        List<Projection> projections,
        List<Integer> layers)
        implements Adapter {
    private static final String MAGNITUDE = "magnitude";

    /** Checks the ranges. */
    public Dora {
        Limits.check(Dora.class, rank, alpha, dropout, projections, layers);
        projections = Projection.ascending(projections);
        layers = LayerSubset.ascending(layers);
    }

    /** DoRA configured by a block: {@code Dora.of(l -> l.rank(16))}. */
    public static Dora of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "DoRA(" + rank + (alpha == Options.ALPHA ? "" : ", alpha " + alpha)
                + Projection.label(projections, Options.PROJECTIONS) + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer : LayerSubset.in(encoder, layers)) {
                for (Projection projection : projections) {
                    String prefix = prefix(task, layer, projection);
                    Declaration weight = projection.weight(encoder, layer);
                    all.addAll(LowRankUpdate.parameters(prefix, encoder, projection, rank, task));
                    all.add(new Declaration(
                            prefix + MAGNITUDE,
                            List.of(projection.outputs(encoder)),
                            Start.rowNormsOf(weight),
                            task,
                            Role.SCALE));
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
        LowRankUpdate update = LowRankUpdate.of(prefix, parameters, alpha / rank);
        NDArray magnitude = parameters.get(prefix + MAGNITUDE); // (O)
        return map -> map.computedAs((x, c) -> {
            NDArray y = update.addTo(map.apply(x, c), c.dropout(x, dropout), c); // (N, O)
            return c.ops()
                    .adapters()
                    .redirected(y, map.linear(), update.down(), update.up(), update.scale(), magnitude);
        });
    }

    private static String prefix(String task, int layer, Projection projection) {
        return "adapter.dora." + task + ".layer." + layer + "." + projection.word() + ".";
    }

    /** Options of {@code dora}. */
    public static final class Options implements Block<Dora> {
        private static final double ALPHA = 8;
        private static final List<Projection> PROJECTIONS = List.of(Projection.QUERY, Projection.VALUE);

        private int rank = 8;
        private double alpha = ALPHA;
        private double dropout;
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
        public Dora build() {
            return new Dora(rank, alpha, dropout, projections, layers);
        }
    }
}
