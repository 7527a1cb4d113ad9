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
 * Polytropon (Ponti et al. 2022, §3): an inventory of skills, each a LoRA, that all tasks share, and for each task a choice among
 * them, learnt with them. A task's update is made of the means of its skills' factors:
 *
 * <pre>y = W x + b + s · (Σ_i ẑ_i B_i) (Σ_i ẑ_i A_i) x,   ẑ_i = z_i / Σ_j z_j,   s = α / r</pre>
 *
 * <p>While training z_i is drawn, nearly 0 or 1, with probability σ of a logit that the task learns (a relaxed Bernoulli variable,
 * Maddison et al. 2017), anew in each layer of a step, as in the released code; otherwise it is that probability. A task has one
 * logit a skill, for all layers. All B start at 0. The logits are not decayed.
 *
 * @param skills how many there are; 8 by default
 * @param rank r; 8 by default
 * @param alpha α; 8 by default
 * @param temperature of the draws: the lower, the nearer to 0 or 1; 1 by default
 * @param projections the linear maps that are updated, ascending; query and value by default
 * @param layers the encoder layers that get updates, from 0, ascending; empty, the default, for all
 * @see "Ponti, Sordoni, Bengio and Reddy 2022, Combining Modular Skills in Multitask Learning, §3 (arXiv:2202.13914)"
 */
public record Polytropon(
        @Limit(least = 1) int skills,
        @Limit(least = 1) int rank,
        @Limit(least = 0, above = true) double alpha,
        @Limit(least = 0, above = true) double temperature,
        List<Projection> projections,
        List<Integer> layers)
        implements Adapter {
    private static final String PREFIX = "adapter.polytropon.";
    private static final double LOGIT_BOUND = 1e-3;

    /** Checks the ranges. */
    public Polytropon {
        Limits.check(Polytropon.class, skills, rank, alpha, temperature, projections, layers);
        projections = Projection.ascending(projections);
        layers = LayerSubset.ascending(layers);
    }

    /** Polytropon configured by a block: {@code Polytropon.of(p -> p.skills(4))}. */
    public static Polytropon of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "Polytropon(" + skills + " × " + rank + Projection.label(projections, Options.PROJECTIONS)
                + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            all.add(new Declaration(routing(task), List.of(skills), Start.uniform(LOGIT_BOUND), task, Role.SCALE));
        }
        for (int layer : LayerSubset.in(encoder, layers)) {
            for (Projection projection : projections) {
                int in = projection.inputs(encoder);
                int out = projection.outputs(encoder);
                all.add(new Declaration(down(layer, projection), List.of(skills, rank, in), Start.linear(in), null));
                all.add(new Declaration(up(layer, projection), List.of(skills, out, rank), Start.ZERO, null));
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        if (!LayerSubset.has(layers, layer)) {
            return LayerAdapter.NONE;
        }
        NDArray routing = parameters.get(routing(task)); // (S)
        List<NDArray> downs =
                projections.stream().map(p -> parameters.get(down(layer, p))).toList(); // (S, r, I)
        List<NDArray> ups =
                projections.stream().map(p -> parameters.get(up(layer, p))).toList(); // (S, O, r)
        return new MadeInPass(c -> {
            NDArray shares = shares(routing, c); // (S)
            return ProjectionAdapter.of(projections, p -> {
                int i = projections.indexOf(p);
                NDArray down = c.ops().adapters().mixed(shares, downs.get(i)); // (r, I)
                NDArray up = c.ops().adapters().mixed(shares, ups.get(i)); // (O, r)
                return new LowRankUpdate(down, up, alpha / rank).change(0);
            });
        });
    }

    private NDArray shares(NDArray routing, LayerContext c) {
        return c.training()
                ? c.ops().adapters().drawnShares(routing, temperature)
                : c.ops().adapters().shares(routing);
    }

    private static String routing(String task) {
        return PREFIX + task + ".routing";
    }

    private static String down(int layer, Projection projection) {
        return PREFIX + "layer." + layer + "." + projection.word() + ".down.weight";
    }

    private static String up(int layer, Projection projection) {
        return PREFIX + "layer." + layer + "." + projection.word() + ".up.weight";
    }

    /** Options of {@code polytropon}. */
    public static final class Options implements Block<Polytropon> {
        private static final List<Projection> PROJECTIONS = List.of(Projection.QUERY, Projection.VALUE);

        private int skills = 8;
        private int rank = 8;
        private double alpha = 8;
        private double temperature = 1;
        private List<Projection> projections = PROJECTIONS;
        private List<Integer> layers = List.of();

        /** Skills in the inventory; 8 by default. */
        public Options skills(int value) {
            skills = value;
            return this;
        }

        /** Rank of each skill; 8 by default. */
        public Options rank(int value) {
            rank = value;
            return this;
        }

        /** What the updates are scaled by, over the rank; 8 by default. */
        public Options alpha(double value) {
            alpha = value;
            return this;
        }

        /** Temperature of the draws while training; 1 by default. */
        public Options temperature(double value) {
            temperature = value;
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
        public Polytropon build() {
            return new Polytropon(skills, rank, alpha, temperature, projections, layers);
        }
    }
}
