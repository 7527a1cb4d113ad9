package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Activation;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.OptionException;
import dev.palette.spec.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Bottleneck adapters, in the forms that AdapterHub has: a narrow layer with a residual around it, for each task, at one or two places
 * of each encoder layer (Houlsby et al. 2019; Pfeiffer et al. 2021; He et al. 2022):
 *
 * <pre>a + s · (Wᵁ · f(Wᴰ · z + bᴰ) + bᵁ)</pre>
 *
 * <p>where a is what the encoder's sublayer made and z what the form reads. The form that Stickland &amp; Murray compare with is
 * {@link Houlsby}.
 *
 * @param form where it stands and what it reads; {@link Form#PFEIFFER} by default
 * @param reduction how many times narrower than hidden states it is; 16 by default
 * @param activation f; relu by default
 * @param scaling s; 1 by default
 * @param initialisation how its weights start; {@link Initialisation#SMALL} by default
 * @param layers the encoder layers that get one, from 0, ascending; empty, the default, for all
 * @see "Houlsby et al. 2019, Parameter-Efficient Transfer Learning for NLP, §2.1 (arXiv:1902.00751)"
 * @see "Pfeiffer et al. 2021, AdapterFusion, §3.2.1 and appendix (arXiv:2005.00247)"
 * @see "He et al. 2022, Towards a Unified View of Parameter-Efficient Transfer Learning, §4 (arXiv:2110.04366)"
 */
public record Bottleneck(
        Form form,
        @Limit(least = 1) int reduction,
        Activation activation,
        @Limit(least = 0, above = true) double scaling,
        Initialisation initialisation,
        List<Integer> layers)
        implements Adapter {
    /** Where a bottleneck stands and what it reads. */
    public enum Form {
        /** Behind the attention and behind the feed-forward part; each reads what its part made. */
        HOULSBY(true),
        /** Behind the feed-forward part; reads the norm of the sum that this part's output is about to join. */
        PFEIFFER(false),
        /** Beside the feed-forward part; reads what this part reads. */
        PARALLEL(false);

        private final boolean afterAttention;

        Form(boolean afterAttention) {
            this.afterAttention = afterAttention;
        }

        NDArray reads(Residual residual, LayerContext c) {
            return switch (this) {
                case HOULSBY -> residual.output();
                case PFEIFFER -> residual.sum(c);
                case PARALLEL -> residual.input();
            };
        }
    }

    /** Checks the ranges. */
    public Bottleneck {
        Limits.check(Bottleneck.class, form, reduction, activation, scaling, initialisation, layers);
        layers = LayerSubset.ascending(layers);
    }

    /** Bottleneck adapters configured by a block: {@code Bottleneck.of(b -> b.reduction(8))}. */
    public static Bottleneck of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        String kind = switch (form) {
            case HOULSBY -> "Houlsby bottleneck(÷";
            case PFEIFFER -> "Pfeiffer(÷";
            case PARALLEL -> "parallel adapter(÷";
        };
        return kind + reduction + (activation == Activation.RELU ? "" : ", " + Word.of(activation))
                + (scaling == 1 ? "" : ", × " + scaling) + LayerSubset.label(layers) + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        if (reduction > encoder.hiddenSize()) {
            throw new OptionException(
                    "reduction",
                    "reduction is %d, but hidden states are %d wide: expected at most that"
                            .formatted(reduction, encoder.hiddenSize()));
        }
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer : LayerSubset.in(encoder, layers)) {
                if (form.afterAttention) {
                    all.addAll(narrow(prefix(task, layer, "attention"), encoder, task));
                }
                all.addAll(narrow(prefix(task, layer, "feedForward"), encoder, task));
            }
        }
        return all;
    }

    private List<Declaration> narrow(String prefix, BertConfig encoder, String task) {
        return NarrowLayer.parameters(
                prefix, encoder.hiddenSize(), encoder.hiddenSize() / reduction, initialisation, task);
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        if (!LayerSubset.has(layers, layer)) {
            return LayerAdapter.NONE;
        }
        NarrowLayer afterFeedForward = narrow(prefix(task, layer, "feedForward"), parameters);
        NarrowLayer afterAttention = form.afterAttention ? narrow(prefix(task, layer, "attention"), parameters) : null;
        return new NarrowLayers(form, afterAttention, afterFeedForward);
    }

    private NarrowLayer narrow(String prefix, ParameterSource parameters) {
        return NarrowLayer.of(prefix, parameters, activation, scaling);
    }

    private static String prefix(String task, int layer, String place) {
        return "adapter.bottleneck." + task + ".layer." + layer + "." + place + ".";
    }

    /** Options of {@code bottleneck}. */
    public static final class Options implements Block<Bottleneck> {
        private Form form = Form.PFEIFFER;
        private int reduction = 16;
        private Activation activation = Activation.RELU;
        private double scaling = 1;
        private Initialisation initialisation = Initialisation.SMALL;
        private List<Integer> layers = List.of();

        /** Where it stands and what it reads; {@code adapterHub.pfeiffer} unless said. */
        public Options form(Form value) {
            form = value;
            return this;
        }

        /** How many times narrower than hidden states it is; 16 by default. */
        public Options reduction(int value) {
            reduction = value;
            return this;
        }

        /** The activation inside; relu by default. */
        public Options activation(Activation value) {
            activation = value;
            return this;
        }

        /** What its contribution is multiplied by; 1 by default. */
        public Options scaling(double value) {
            scaling = value;
            return this;
        }

        /** How its weights start; {@code start.small} unless said. */
        public Options initialisation(Initialisation value) {
            initialisation = value;
            return this;
        }

        /** The encoder layers that get one, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers that get one, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public Bottleneck build() {
            return new Bottleneck(form, reduction, activation, scaling, initialisation, layers);
        }
    }
}
