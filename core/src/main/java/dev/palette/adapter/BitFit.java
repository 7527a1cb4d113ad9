package dev.palette.adapter;

import dev.palette.adapter.Declaration.Start;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.Positions;
import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Biases alone (Ben Zaken et al. 2022, §3): each task has the encoder's bias vectors for itself, from their pretrained values on:
 *
 * <pre>y = W x + b_task</pre>
 *
 * <p>With all layers, the shift of the embeddings' norm and the pooler's bias are among them. Nothing is added to what is computed.
 * BERT-base has 102,912 biases, 0.09 % of its parameters. Made for an encoder that is frozen otherwise.
 *
 * @param norms whether the shifts of layer norms are among them; true by default
 * @param layers the encoder layers whose biases are the task's own, from 0, ascending; empty, the default, for all
 * @see "Ben Zaken, Goldberg and Ravfogel 2022, BitFit, §3 (arXiv:2106.10199)"
 */
public record BitFit(boolean norms, List<Integer> layers) implements Adapter {
    private static final String ENCODER = "bert.";
    private static final String BIAS = ".bias";

    /** Sorts the layers. */
    public BitFit {
        layers = LayerSubset.ascending(layers);
    }

    /** BitFit configured by a block: {@code BitFit.of(b -> b.norms(false))}. */
    public static BitFit of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        String what = (norms ? "" : ", no norms") + LayerSubset.label(layers);
        return "BitFit" + (what.isEmpty() ? "" : "(" + what.substring(2) + ")");
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        if (!encoder.form().biases()) {
            throw new PaletteException("the encoder has no biases for bitFit to train, as no ModernBERT has; choose"
                    + " another adapter, e.g. ia3()");
        }
        return tasks.stream()
                .flatMap(task -> biases(encoder)
                        .map(bias -> new Declaration(name(bias.name(), task), bias.shape(), Start.copyOf(bias), task)))
                .toList();
    }

    /** The encoder's biases that tasks have for themselves. */
    private Stream<Declaration> biases(BertConfig encoder) {
        List<Declaration> all = new ArrayList<>();
        if (layers.isEmpty()) {
            all.addAll(Declaration.norm(ENCODER + "embeddings.LayerNorm", encoder.embeddingSize(), null));
            if (encoder.form().positions() instanceof Positions.Relative) {
                all.addAll(
                        Declaration.norm(ENCODER + "embeddings.rel_embeddings.LayerNorm", encoder.hiddenSize(), null));
            }
            if (encoder.projectsEmbeddings()) {
                all.addAll(Declaration.linear(
                        ENCODER + "embeddings_project", encoder.embeddingSize(), encoder.hiddenSize(), null));
            }
            if (encoder.pooler()) { // else it is trained anyway
                all.addAll(
                        Declaration.linear(ENCODER + "pooler.dense", encoder.hiddenSize(), encoder.hiddenSize(), null));
            }
        }
        LayerSubset.in(encoder, layers)
                .forEach(layer -> all.addAll(
                        BertLayer.parameters(encoder, layer, ENCODER + "encoder.layer." + layer + ".", null)));
        return all.stream().filter(declaration -> isOwn(declaration.name()));
    }

    @Override
    public String inPlaceOf(String parameter, String task) {
        return isOwn(parameter) ? name(parameter, task) : parameter;
    }

    private boolean isOwn(String parameter) {
        boolean inLayer = layers.isEmpty()
                || layers.stream().anyMatch(layer -> parameter.startsWith(ENCODER + "encoder.layer." + layer + "."));
        return parameter.startsWith(ENCODER)
                && parameter.endsWith(BIAS)
                && inLayer
                && (norms || !parameter.contains("LayerNorm"));
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return LayerAdapter.NONE;
    }

    private static String name(String bias, String task) {
        return "adapter.bitFit." + task + "." + bias;
    }

    /** Options of {@code bitFit}. */
    public static final class Options implements Block<BitFit> {
        private boolean norms = true;
        private List<Integer> layers = List.of();

        /** Whether the shifts of layer norms are among the biases; true by default. */
        public Options norms(boolean value) {
            norms = value;
            return this;
        }

        /** The encoder layers whose biases are a task's own, counted from 0, e.g. {@code layers 6..11}; all by default. */
        public Options layers(Collection<Integer> values) {
            layers = List.copyOf(values);
            return this;
        }

        /** The encoder layers whose biases are a task's own, counted from 0. */
        public Options layers(int... values) {
            return layers(IntStream.of(values).boxed().toList());
        }

        @Override
        public BitFit build() {
            return new BitFit(norms, layers);
        }
    }
}
