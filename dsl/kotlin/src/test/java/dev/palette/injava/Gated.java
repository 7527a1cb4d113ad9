package dev.palette.injava;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Declaration.Start;
import dev.palette.adapter.ParallelAdapter;
import dev.palette.adapter.ParameterSource;
import dev.palette.adapter.Sublayer;
import dev.palette.kernel.Linear;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.ArrayList;
import java.util.List;

/** A low-rank layer behind a gate for each hidden unit, which is half open at first: 2 σ(v) ⊙ Wᵁ gelu(Wᴰ h). */
public record Gated(@Limit(least = 1) int size) implements ParallelAdapter {
    public Gated {
        Limits.check(Gated.class, size);
    }

    @Override
    public String label() {
        return "gated(" + size + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer = 0; layer < encoder.layers(); layer++) {
                String name = name(task, layer);
                all.addAll(Declaration.linear(name + ".down", encoder.hiddenSize(), size, task));
                all.addAll(Declaration.linear(name + ".up", size, encoder.hiddenSize(), task));
                all.add(new Declaration(name + ".gate", List.of(encoder.hiddenSize()), Start.ZERO, task));
            }
        }
        return all;
    }

    @Override
    public Sublayer branch(int layer, String task, ParameterSource parameters) {
        String name = name(task, layer);
        Linear down = parameters.linear(name + ".down");
        Linear up = parameters.linear(name + ".up");
        NDArray gate = parameters.get(name + ".gate");
        return (h, context) ->
                context.ops().scoped(ops -> ops.contribution(ops.linear(ops.gelu(ops.linear(h, down)), up), gate));
    }

    private static String name(String task, int layer) {
        return "adapter.gated." + task + ".layer." + layer;
    }

    /** Options of {@code gated}. */
    public static final class Options implements Block<Gated> {
        private int size = 4;

        /** Width of the small space; 4 by default. */
        public Options size(int value) {
            size = value;
            return this;
        }

        @Override
        public Gated build() {
            return new Gated(size);
        }
    }
}
