package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Start;
import dev.palette.kernel.Linear;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Prompt tuning (Lester et al. 2021, §2): for each task, learnt vectors go before the word pieces of every sequence, as if they were
 * embeddings, and nothing in the encoder is changed:
 *
 * <pre>[P; E(x₁), …, E(x_n)]</pre>
 *
 * <p>They have no positions and heads don't see them: [CLS] is read where it was. With {@code reparameterisation} they are made by a
 * network, as {@link PrefixTuning}'s are: P = Wᵁ tanh(Wᴰ E + bᴰ) + bᵁ.
 *
 * @param length P, vectors of the prompt; 20 by default
 * @param reparameterisation width inside a network that makes them; 0, the default, for none
 * @see "Lester, Al-Rfou and Constant 2021, The Power of Scale for Parameter-Efficient Prompt Tuning, §2 (arXiv:2104.08691)"
 */
public record PromptTuning(
        @Limit(least = 1) int length, @Limit(least = 0) int reparameterisation) implements Adapter {
    private static final double BOUND = 0.5;

    /** Checks the ranges. */
    public PromptTuning {
        Limits.check(PromptTuning.class, length, reparameterisation);
    }

    /** Prompt tuning configured by a block: {@code PromptTuning.of(p -> p.length(10))}. */
    public static PromptTuning of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "prompt(" + length + (reparameterisation == 0 ? "" : ", by a network") + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        int hidden = encoder.hiddenSize();
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            all.add(new Declaration(embedding(task), List.of(length, hidden), Start.uniform(BOUND), task));
            if (reparameterisation > 0) {
                all.addAll(Declaration.torchLinear(prefix(task) + "down", hidden, reparameterisation, task));
                all.addAll(Declaration.torchLinear(prefix(task) + "up", reparameterisation, hidden, task));
            }
        }
        return all;
    }

    @Override
    public Prompt prompt(String task, ParameterSource parameters) {
        NDArray embedding = parameters.get(embedding(task)); // (P, H)
        if (reparameterisation == 0) {
            return new Prompt(length, c -> embedding);
        }
        Linear down = parameters.linear(prefix(task) + "down");
        Linear up = parameters.linear(prefix(task) + "up");
        return new Prompt(
                length,
                c -> c.scoped(in -> {
                    NDArray inner = in.ops().tanh(in.ops().linear(embedding, down)); // (P, reparameterisation)
                    return in.ops().linear(inner, up); // (P, H)
                }));
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return LayerAdapter.NONE;
    }

    private static String prefix(String task) {
        return "adapter.promptTuning." + task + ".";
    }

    private static String embedding(String task) {
        return prefix(task) + "embedding.weight";
    }

    /** Options of {@code promptTuning}. */
    public static final class Options implements Block<PromptTuning> {
        private int length = 20;
        private int reparameterisation;

        /** Vectors of the prompt; 20 by default. */
        public Options length(int value) {
            length = value;
            return this;
        }

        /** Width inside a network that makes the vectors, 0 for none; 0 by default. */
        public Options reparameterisation(int value) {
            reparameterisation = value;
            return this;
        }

        @Override
        public PromptTuning build() {
            return new PromptTuning(length, reparameterisation);
        }
    }
}
