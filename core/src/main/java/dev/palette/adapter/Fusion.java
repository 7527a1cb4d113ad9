package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Role;
import dev.palette.adapter.Declaration.Start;
import dev.palette.kernel.Linear;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * AdapterFusion (Pfeiffer et al. 2021, §3.2): trained bottleneck adapters of several tasks, which stay as they are, and in each place of
 * each layer an attention over what they make, which each task learns:
 *
 * <pre>a + V Σ_i softmax_i(qᵀ K u_i) u_i,   q = Q z + b</pre>
 *
 * <p>where z is what the adapters read, u_i what the i-th makes of it and a what the encoder's sublayer made. V starts as the identity, as
 * released, and is not decayed; the bias that the released code gives K moves all scores alike, so that it has no effect and is left out.
 * While training the scores are dropped out at the encoder's rate on attention probabilities, as released. Its regularisation of V towards
 * the identity is not here.
 *
 * @param of the adapters, trained bottlenecks of one form, each of one task of its file; two or more
 * @see "Pfeiffer et al. 2021, AdapterFusion: Non-Destructive Task Composition for Transfer Learning, §3.2 (arXiv:2005.00247)"
 */
public record Fusion(List<Trained> of) implements Adapter {
    private static final String PREFIX = "adapter.fusion.";
    private static final float OFF_DIAGONAL = 1e-6f;

    /** Checks that they can be fused. */
    public Fusion {
        of = List.copyOf(of);
        if (of.size() < 2) {
            throw new OptionException("of", "of has %d adapter, expected two or more".formatted(of.size()));
        }
        for (Trained each : of) {
            if (!(each.of() instanceof Bottleneck bottleneck) || bottleneck.form() == Bottleneck.Form.PARALLEL) {
                throw new OptionException(
                        "of",
                        "of has %s, expected bottlenecks of the forms adapterHub.pfeiffer or adapterHub.houlsby"
                                .formatted(each.of().label()));
            }
            if (bottleneck.form() != form(of.get(0))) {
                throw new OptionException("of", "of has bottlenecks of several forms, expected one form");
            }
            if (each.task() == null) {
                throw new OptionException(
                        "of",
                        "of has %s without a task, expected whose adapter of the file it is, e.g. task 'mnli'"
                                .formatted(each.label()));
            }
        }
    }

    private static Bottleneck.Form form(Trained each) {
        return bottleneck(each).form();
    }

    private static Bottleneck bottleneck(Trained each) {
        return (Bottleneck) each.of();
    }

    /** A fusion configured by a block: {@code Fusion.of(f -> f.of(mnli, qqp))}. */
    public static Fusion of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "fusion of "
                + of.stream().map(Trained::task).collect(Collectors.joining(", "))
                + " (" + of.stream().map(each -> each.of().label()).distinct().collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public List<String> files() {
        return of.stream().map(Trained::file).distinct().toList();
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            int member = i;
            bottleneck(of.get(i)).parameters(encoder, List.of(source(i))).stream()
                    .map(d -> d.startingAs(new SavedStart(
                                    of.get(member).file(),
                                    d.name(),
                                    of.get(member).of().label(),
                                    false))
                            .named(given(member, d.name()))
                            .as(Role.GIVEN)
                            .forAllTasks())
                    .forEach(all::add);
        }
        for (String task : tasks) {
            for (int layer = 0; layer < encoder.layers(); layer++) {
                if (!members(layer).isEmpty()) {
                    for (String place : places()) {
                        all.addAll(attention(prefix(task, layer, place), encoder.hiddenSize(), task));
                    }
                }
            }
        }
        return all;
    }

    private static List<Declaration> attention(String prefix, int hidden, String task) {
        List<Declaration> all = new ArrayList<>(Declaration.linear(prefix + "query", hidden, hidden, task));
        all.add(new Declaration(prefix + "key.weight", List.of(hidden, hidden), Start.NORMAL, task));
        all.add(new Declaration(
                prefix + "value.weight", List.of(hidden, hidden), Fusion::nearlyIdentity, task, Role.SCALE));
        return all;
    }

    private static float[] nearlyIdentity(
            Declaration declaration, RandomStreams random, Function<Declaration, float[]> encoder) {
        int size = declaration.shape().get(0);
        float[] values = new float[size * size];
        Arrays.fill(values, OFF_DIAGONAL);
        IntStream.range(0, size).forEach(i -> values[i * size + i] = 1);
        return values;
    }

    /** The adapters that join a layer. */
    private List<Integer> members(int layer) {
        return IntStream.range(0, of.size())
                .filter(i -> LayerSubset.has(bottleneck(of.get(i)).layers(), layer))
                .boxed()
                .toList();
    }

    private List<String> places() {
        return form(of.get(0)) == Bottleneck.Form.HOULSBY
                ? List.of("attention", "feedForward")
                : List.of("feedForward");
    }

    private String source(int member) {
        return String.valueOf(of.get(member).task());
    }

    private static String prefix(String task, int layer, String place) {
        return PREFIX + task + ".layer." + layer + "." + place + ".";
    }

    /** {@code adapter.bottleneck.mnli.layer.0…} as {@code adapter.fusion.from.0.mnli.layer.0…}. */
    private static String given(int member, String name) {
        return name.replaceFirst("^adapter\\.bottleneck\\.", PREFIX + "from." + member + ".");
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        List<Integer> members = members(layer);
        if (members.isEmpty()) {
            return LayerAdapter.NONE;
        }
        Bottleneck.Form form = form(of.get(0));
        List<NarrowLayers> joined = members.stream()
                .map(i -> (NarrowLayers)
                        bottleneck(of.get(i)).inLayer(layer, source(i), parameters.under(name -> given(i, name))))
                .toList();
        Fused fed = Fused.of(
                prefix(task, layer, "feedForward"),
                joined.stream().map(NarrowLayers::afterFeedForward).toList(),
                parameters);
        List<NarrowLayer> attended =
                joined.stream().flatMap(each -> each.atAttention().stream()).toList();
        Fused behindAttention =
                attended.isEmpty() ? null : Fused.of(prefix(task, layer, "attention"), attended, parameters);
        return new FusedLayer(form, behindAttention, fed);
    }

    /** The attention in one layer's places. */
    private record FusedLayer(
            Bottleneck.Form form, @Nullable Fused behindAttention, Fused behindFeedForward) implements LayerAdapter {
        @Override
        public NDArray afterAttention(Residual residual, LayerContext c) {
            return behindAttention == null
                    ? residual.output()
                    : behindAttention.addTo(residual.output(), form.reads(residual, c), c);
        }

        @Override
        public NDArray afterFeedForward(Residual residual, LayerContext c) {
            return behindFeedForward.addTo(residual.output(), form.reads(residual, c), c);
        }
    }

    /** Adapters at one place, and the attention over them. */
    private record Fused(List<NarrowLayer> adapters, Linear query, NDArray key, NDArray value) {
        static Fused of(String prefix, List<NarrowLayer> adapters, ParameterSource p) {
            return new Fused(
                    adapters, p.linear(prefix + "query"), p.get(prefix + "key.weight"), p.get(prefix + "value.weight"));
        }

        /** y with what is made of z, both (N, H). */
        NDArray addTo(NDArray y, NDArray z, LayerContext c) {
            return c.scoped(in -> {
                NDArray each = adapters.get(0).made(z, in); // (n N, H)
                for (NarrowLayer adapter : adapters.subList(1, adapters.size())) {
                    each = in.ops().adapters().below(each, adapter.made(z, in));
                }
                NDArray asked = in.ops().adapters().transposed(in.ops().linear(z, query), key); // (N, H)
                NDArray scores = in.dropout(in.ops().adapters().fits(asked, each), in.attentionDropout()); // (n, N)
                NDArray chosen = in.ops().adapters().chosen(scores, each); // (N, H)
                return in.ops().add(y, in.ops().adapters().product(chosen, value)); // (N, H)
            });
        }
    }

    /** Options of {@code fusion}. */
    public static final class Options implements Block<Fusion> {
        private List<Trained> of = List.of();

        /** The trained adapters that are fused; two or more must be given. */
        public Options of(Collection<? extends Adapter> values) {
            of = values.stream().map(Options::trained).toList();
            return this;
        }

        /** The trained adapters that are fused: {@code of trained { … }, trained { … }}. */
        public Options of(Adapter... values) {
            return of(List.of(values));
        }

        private static Trained trained(Adapter adapter) {
            if (adapter instanceof Trained trained) {
                return trained;
            }
            throw new OptionException(
                    "of",
                    "of has %s, expected trained adapters, e.g. trained { of bottleneck(); file 'mnli.safetensors'; task 'mnli' }"
                            .formatted(adapter.label()));
        }

        @Override
        public Fusion build() {
            return new Fusion(of);
        }
    }
}
