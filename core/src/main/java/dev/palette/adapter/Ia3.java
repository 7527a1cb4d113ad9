package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Role;
import dev.palette.adapter.Declaration.Start;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Infused adapter by inhibiting and amplifying inner activations, (IA)³ (Liu et al. 2022, §3.3): each task scales the keys, the
 * values and what the feed-forward part has inside, number by number, from 1 on:
 *
 * <pre>softmax(Q (l_k ⊙ K)ᵀ / √d) (l_v ⊙ V)      W₂ (l_ff ⊙ gelu(W₁ x + b₁)) + b₂</pre>
 *
 * <p>Scaling what comes out of a linear map is scaling the rows of its weight and its bias, so that all of it can be merged into the
 * weights. The scales are not decayed.
 *
 * @param projections whose output is scaled, or for {@code feedForward.outer} whose input, ascending; key, value and outer by default
 * @param layers the encoder layers that are scaled, from 0, ascending; empty, the default, for all
 * @see "Liu et al. 2022, Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper, §3.3 (arXiv:2205.05638)"
 */
public record Ia3(List<Projection> projections, List<Integer> layers) implements Adapter {
    /** Sorts projections and layers. */
    public Ia3 {
        projections = Projection.ascending(projections);
        layers = LayerSubset.ascending(layers);
    }

    /** (IA)³ configured by a block: {@code Ia3.of(i -> i.layers(6, 7))}. */
    public static Ia3 of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        String what = Projection.label(projections, Options.PROJECTIONS) + LayerSubset.label(layers);
        return "IA³" + (what.isEmpty() ? "" : "(" + what.substring(2) + ")");
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer : LayerSubset.in(encoder, layers)) {
                for (Projection projection : projections) {
                    int size = scalesInput(projection) ? projection.inputs(encoder) : projection.outputs(encoder);
                    all.add(new Declaration(name(task, layer, projection), List.of(size), Start.ONE, task, Role.SCALE));
                }
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return LayerSubset.has(layers, layer)
                ? ProjectionAdapter.of(projections, p -> scaling(p, parameters.get(name(task, layer, p))))
                : LayerAdapter.NONE;
    }

    private static ProjectionAdapter.Change scaling(Projection projection, NDArray scale) {
        return scalesInput(projection)
                ? map -> map.computedAs((x, c) -> map.apply(c.ops().adapters().columns(x, scale), c)) // (N, H)
                : map -> map.computedAs((x, c) -> c.ops().adapters().columns(map.apply(x, c), scale)); // (N, O)
    }

    private static boolean scalesInput(Projection projection) {
        return projection == Projection.OUTER;
    }

    private static String name(String task, int layer, Projection projection) {
        return "adapter.ia3." + task + ".layer." + layer + "." + projection.word() + ".scale";
    }

    /** Options of {@code ia3}. */
    public static final class Options implements Block<Ia3> {
        private static final List<Projection> PROJECTIONS = List.of(Projection.KEY, Projection.VALUE, Projection.OUTER);

        private List<Projection> projections = PROJECTIONS;
        private List<Integer> layers = List.of();

        /** The linear maps whose output is scaled, or for {@code feedForward.outer} whose input. */
        public Options projections(Collection<Projection> values) {
            projections = List.copyOf(values);
            return this;
        }

        /** The linear maps whose output is scaled, or for {@code feedForward.outer} whose input. */
        public Options projections(Projection... values) {
            return projections(List.of(values));
        }

        /** The encoder layers that are scaled, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that are scaled, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public Ia3 build() {
            return new Ia3(projections, layers);
        }
    }
}
