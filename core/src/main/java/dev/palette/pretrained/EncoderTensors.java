package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.ElementType;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tensors that an encoder of given sizes consists of: V, H, L, F of {@link BertConfig}. */
final class EncoderTensors {
    private final BertConfig config;
    private final List<TensorEntry> entries = new ArrayList<>();

    private EncoderTensors(BertConfig config) {
        this.config = config;
    }

    /** Names and shapes: embeddings, layers, pooler; 199 for BERT-base. */
    static List<TensorEntry> of(BertConfig config) {
        return new EncoderTensors(config).list();
    }

    /**
     * Checks that a weights file has every tensor of the encoder in its shape; others may be there too.
     *
     * @throws PaletteException at the first that doesn't fit, with both shapes
     */
    static void check(SafetensorsFile weights, BertConfig config) {
        Map<String, TensorEntry> found =
                weights.entries().stream().collect(Collectors.toMap(TensorEntry::name, Function.identity()));
        for (TensorEntry expected : of(config)) {
            TensorEntry entry = found.get(expected.name());
            if (!expected.equals(entry)) {
                throw new PaletteException(
                        "%s: tensor '%s' is %s, expected %s by the %s beside it; the two belong to different models"
                                .formatted(
                                        weights.path(),
                                        expected.name(),
                                        entry == null ? "missing" : entry.layout(),
                                        expected.layout(),
                                        EncoderDirectory.CONFIG));
            }
        }
    }

    private List<TensorEntry> list() {
        int hidden = config.hiddenSize();
        add("bert.embeddings.word_embeddings.weight", config.vocabularySize(), hidden);
        add("bert.embeddings.position_embeddings.weight", config.positions(), hidden);
        add("bert.embeddings.token_type_embeddings.weight", config.tokenTypes(), hidden);
        norm("bert.embeddings");
        for (int i = 0; i < config.layers(); i++) {
            String layer = "bert.encoder.layer." + i;
            linear(layer + ".attention.self.query", hidden, hidden);
            linear(layer + ".attention.self.key", hidden, hidden);
            linear(layer + ".attention.self.value", hidden, hidden);
            linear(layer + ".attention.output.dense", hidden, hidden);
            norm(layer + ".attention.output");
            linear(layer + ".intermediate.dense", hidden, config.intermediateSize());
            linear(layer + ".output.dense", config.intermediateSize(), hidden);
            norm(layer + ".output");
        }
        linear("bert.pooler.dense", hidden, hidden);
        return entries;
    }

    private void linear(String name, int in, int out) {
        add(name + ".weight", out, in);
        add(name + ".bias", out);
    }

    private void norm(String owner) {
        add(owner + ".LayerNorm.weight", config.hiddenSize());
        add(owner + ".LayerNorm.bias", config.hiddenSize());
    }

    private void add(String name, long... shape) {
        entries.add(new TensorEntry(
                name, ElementType.F32, Arrays.stream(shape).boxed().toList()));
    }
}
