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
 * MTL-LoRA (Yang et al. 2025, §3): low-rank updates of which the wide parts are all tasks' and the narrow ones a task's own. All share
 * A and several B; each task t turns what A makes by a matrix Λ of its own, and mixes the B with weights of its own:
 *
 * <pre>y = W x + b + s · (Σ_i softmax(w_t / τ)_i B_i) Λ_t A x,   s = α / r,   i = 1 … n</pre>
 *
 * <p>The B start at 0, so that nothing is changed at first, and each Λ as the identity; neither Λ nor w are decayed.
 *
 * @param rank r; 8 by default
 * @param alpha α; 8 by default
 * @param ups n, how many B; 3 by default
 * @param temperature τ; 0.5 by default
 * @param dropout rate on what updates read, while training; 0 by default
 * @param projections the linear maps that are updated, ascending; query and value by default
 * @param layers the encoder layers that get updates, from 0, ascending; empty, the default, for all
 * @see "Yang et al. 2025, MTL-LoRA: Low-Rank Adaptation for Multi-Task Learning, §3 (arXiv:2410.09437)"
 */
public record MtlLora(
        @Limit(least = 1) int rank,
        @Limit(least = 0, above = true) double alpha,
        @Limit(least = 1) int ups,
        @Limit(least = 0, above = true) double temperature,
        @Limit(least = 0, most = 1) double dropout,
        List<Projection> projections,
        List<Integer> layers)
        implements Adapter {
    private static final String PREFIX = "adapter.mtlLora.";
    private static final String DOWN = "down.weight";
    private static final String UPS = "ups.weight";

    /** Checks the ranges. */
    public MtlLora {
        Limits.check(MtlLora.class, rank, alpha, ups, temperature, dropout, projections, layers);
        projections = Projection.ascending(projections);
        layers = LayerSubset.ascending(layers);
    }

    /** MTL-LoRA configured by a block: {@code MtlLora.of(l -> l.rank(16))}. */
    public static MtlLora of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "MTL-LoRA(" + rank + (ups == Options.UPS ? "" : ", " + ups + " ups")
                + Projection.label(projections, Options.PROJECTIONS) + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (int layer : LayerSubset.in(encoder, layers)) {
            for (Projection projection : projections) {
                int in = projection.inputs(encoder);
                String common = PREFIX + place(layer, projection);
                all.add(new Declaration(common + DOWN, List.of(rank, in), Start.linear(in), null));
                all.add(new Declaration(
                        common + UPS, List.of(ups, projection.outputs(encoder), rank), Start.ZERO, null));
                for (String task : tasks) {
                    all.add(new Declaration(
                            turn(task, layer, projection), List.of(rank, rank), Start.IDENTITY, task, Role.SCALE));
                    all.add(new Declaration(
                            mixture(task, layer, projection), List.of(ups), Start.ZERO, task, Role.SCALE));
                }
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        if (!LayerSubset.has(layers, layer)) {
            return LayerAdapter.NONE;
        }
        List<Parts> parts = projections.stream()
                .map(p -> new Parts(
                        parameters.get(PREFIX + place(layer, p) + DOWN),
                        parameters.get(PREFIX + place(layer, p) + UPS),
                        parameters.get(turn(task, layer, p)),
                        parameters.get(mixture(task, layer, p))))
                .toList();
        return new MadeInPass(c ->
                ProjectionAdapter.of(projections, p -> update(parts.get(projections.indexOf(p)), c)));
    }

    /** Of one linear map: A (r, I), all B (n, O, r), Λ (r, r), w (n). */
    private record Parts(NDArray down, NDArray ups, NDArray turn, NDArray mixture) {}

    private ProjectionAdapter.Change update(Parts parts, LayerContext c) {
        NDArray up = c.scoped(in -> {
            NDArray weights = in.ops().adapters().softmax(parts.mixture(), temperature); // (n)
            NDArray mixed = in.ops().adapters().mixed(weights, parts.ups()); // (O, r)
            return in.ops().adapters().matrixProduct(mixed, parts.turn()); // (O, r)
        });
        return new LowRankUpdate(parts.down(), up, alpha / rank).change(dropout);
    }

    private static String place(int layer, Projection projection) {
        return "layer." + layer + "." + projection.word() + ".";
    }

    private static String turn(String task, int layer, Projection projection) {
        return PREFIX + task + "." + place(layer, projection) + "turn";
    }

    private static String mixture(String task, int layer, Projection projection) {
        return PREFIX + task + "." + place(layer, projection) + "mixture";
    }

    /** Options of {@code mtlLora}. */
    public static final class Options implements Block<MtlLora> {
        private static final int UPS = 3;
        private static final List<Projection> PROJECTIONS = List.of(Projection.QUERY, Projection.VALUE);

        private int rank = 8;
        private double alpha = 8;
        private int ups = UPS;
        private double temperature = 0.5;
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

        /** How many maps back up the tasks share and mix; 3 by default. */
        public Options ups(int value) {
            ups = value;
            return this;
        }

        /** Temperature of the mixture: the lower, the fewer of the maps a task uses; 0.5 by default. */
        public Options temperature(double value) {
            temperature = value;
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
        public MtlLora build() {
            return new MtlLora(rank, alpha, ups, temperature, dropout, projections, layers);
        }
    }
}
