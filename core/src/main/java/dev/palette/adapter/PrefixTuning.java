package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Start;
import dev.palette.kernel.Linear;
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
 * Prefix tuning (Li &amp; Liang 2021, §4): in each layer and for each task, learnt keys and values stand before those of the
 * sequence, and every word piece attends to them too:
 *
 * <pre>Attention(Q, [P_k; K], [P_v; V])</pre>
 *
 * <p>They are learnt through a network, without which training is unstable (§4.3): [P_k P_v] = Wᵁ tanh(Wᴰ E + bᴰ) + bᵁ, where E has a row for
 * each place of the prefix, and E and Wᴰ are common to a task's layers. With {@code reparameterisation 0} they are parameters
 * themselves.
 *
 * @param length P, places of the prefix; 30 by default
 * @param reparameterisation width inside the network; 512 by default, 0 for none
 * @param layers the encoder layers that get one, from 0, ascending; empty, the default, for all
 * @see "Li and Liang 2021, Prefix-Tuning: Optimizing Continuous Prompts for Generation, §4 (arXiv:2101.00190)"
 */
public record PrefixTuning(
        @Limit(least = 1) int length, @Limit(least = 0) int reparameterisation, List<Integer> layers)
        implements Adapter {
    /** Checks the ranges. */
    public PrefixTuning {
        Limits.check(PrefixTuning.class, length, reparameterisation, layers);
        layers = LayerSubset.ascending(layers);
    }

    /** Prefix tuning configured by a block: {@code PrefixTuning.of(p -> p.length(10))}. */
    public static PrefixTuning of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "prefix(" + length + (reparameterisation == 0 ? ", flat" : "") + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        int hidden = encoder.hiddenSize();
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            if (reparameterisation > 0) {
                all.add(new Declaration(embedding(task), List.of(length, hidden), Start.normal(1), task));
                all.addAll(Declaration.torchLinear(down(task), hidden, reparameterisation, task));
            }
            for (int layer : LayerSubset.in(encoder, layers)) {
                for (String side : List.of("key", "value")) {
                    String name = ofLayer(task, layer, side);
                    if (reparameterisation > 0) {
                        all.addAll(Declaration.torchLinear(name, reparameterisation, hidden, task));
                    } else {
                        all.add(new Declaration(name + ".weight", List.of(length, hidden), Start.normal(1), task));
                    }
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
        String key = ofLayer(task, layer, "key");
        String value = ofLayer(task, layer, "value");
        if (reparameterisation == 0) {
            Prefix flat = new Prefix(parameters.get(key + ".weight"), parameters.get(value + ".weight"));
            return new Prefixed(c -> flat);
        }
        NDArray embedding = parameters.get(embedding(task)); // (P, H)
        Linear down = parameters.linear(down(task));
        Linear toKeys = parameters.linear(key);
        Linear toValues = parameters.linear(value);
        return new Prefixed(c -> {
            NDArray inner = c.ops().tanh(c.ops().linear(embedding, down)); // (P, reparameterisation)
            return new Prefix(c.ops().linear(inner, toKeys), c.ops().linear(inner, toValues)); // (P, H) each
        });
    }

    private record Prefixed(Made made) implements LayerAdapter {
        /** The prefix in one pass. */
        interface Made {
            Prefix in(LayerContext context);
        }

        @Override
        public Prefix prefix(LayerContext context) {
            return made.in(context);
        }
    }

    private static String prefix(String task) {
        return "adapter.prefixTuning." + task + ".";
    }

    private static String embedding(String task) {
        return prefix(task) + "embedding.weight";
    }

    private static String down(String task) {
        return prefix(task) + "down";
    }

    private static String ofLayer(String task, int layer, String side) {
        return prefix(task) + "layer." + layer + "." + side;
    }

    /** Options of {@code prefixTuning}. */
    public static final class Options implements Block<PrefixTuning> {
        private int length = 30;
        private int reparameterisation = 512;
        private List<Integer> layers = List.of();

        /** Places of the prefix; 30 by default. */
        public Options length(int value) {
            length = value;
            return this;
        }

        /** Width inside the network that makes keys and values, 0 for none; 512 by default. */
        public Options reparameterisation(int value) {
            reparameterisation = value;
            return this;
        }

        /** The encoder layers that get a prefix, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that get a prefix, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public PrefixTuning build() {
            return new PrefixTuning(length, reparameterisation, layers);
        }
    }
}
