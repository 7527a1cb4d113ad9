package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Start;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Learning hidden unit contributions (Swietojanski et al. 2016): each task scales the hidden units of each layer, between 0 and 2
 * times, from 1 on:
 *
 * <pre>LHUC(h) = 2 σ(v) ⊙ h</pre>
 *
 * <p>It scales the layers' output; with another method given, {@code lhuc { of pal { size 204 } }}, it scales what that method adds
 * and leaves the rest of the layer alone.
 *
 * @param of the method whose contribution is scaled; {@link Shared}, which adds none and is the default, for the layer's output
 * @see "Swietojanski, Li and Renals 2016, Learning Hidden Unit Contributions (arXiv:1601.02828)"
 */
public record Lhuc(ParallelAdapter of) implements ParallelAdapter, Wrapping {
    /** Scales the layers' output. */
    public Lhuc() {
        this(new Shared());
    }

    /** LHUC configured by a block: {@code Lhuc.of(l -> l.of(new Pal(204, 6)))}. */
    public static Lhuc of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return scalesOutput() ? "LHUC" : "LHUC(" + of.label() + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer = 0; layer < encoder.layers(); layer++) {
                if (scalesOutput() || joins(layer)) {
                    all.add(new Declaration(
                            name(task, layer), List.of(encoder.hiddenSize()), Start.ZERO, task)); // 2 σ(0) = 1
                }
            }
        }
        all.addAll(of.parameters(encoder, tasks));
        return all;
    }

    @Override
    public boolean joins(int layer) {
        return of.joins(layer);
    }

    @Override
    public Sublayer branch(int layer, String task, ParameterSource parameters) {
        Sublayer scaled = of.branch(layer, task, parameters);
        NDArray v = parameters.get(name(task, layer)); // (H)
        return (h, c) -> c.ops().contribution(scaled.apply(h, c), v); // (N, H)
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        if (!scalesOutput()) {
            return ParallelAdapter.super.inLayer(layer, task, parameters);
        }
        NDArray v = parameters.get(name(task, layer)); // (H)
        return new LayerAdapter() {
            @Override
            public NDArray output(NDArray output, LayerContext c) {
                return c.ops().contribution(output, v); // (N, H)
            }
        };
    }

    private boolean scalesOutput() {
        return of instanceof Shared;
    }

    private static String name(String task, int layer) {
        return "adapter.lhuc." + task + ".layer." + layer;
    }

    /** Options of {@code lhuc}. */
    public static final class Options implements Block<Lhuc> {
        private ParallelAdapter of = new Shared();

        /** The method whose contribution is scaled; by default the layers' own output is. */
        public Options of(ParallelAdapter value) {
            of = value;
            return this;
        }

        @Override
        public Lhuc build() {
            return new Lhuc(of);
        }
    }
}
