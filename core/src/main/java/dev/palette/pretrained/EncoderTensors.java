package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.BertNames;
import dev.palette.tensor.ElementType;
import dev.palette.tensor.TensorEntry;
import dev.palette.tensor.TensorFile;
import java.nio.file.Path;
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

    /** Whether a file has every tensor of the encoder under its name here, in its shape and in single precision. */
    static boolean fit(TensorFile weights, BertConfig config) {
        return weights.entries().containsAll(of(config));
    }

    /**
     * Checks that weights have every tensor of the encoder in its shape and no further layer; heads and others may be there too.
     *
     * @param source the configuration's file, for messages
     * @throws PaletteException at the first that doesn't fit, with both shapes
     */
    static void check(TensorFile weights, BertConfig config, Path source) {
        Map<String, TensorEntry> found =
                weights.entries().stream().collect(Collectors.toMap(TensorEntry::name, Function.identity()));
        List<TensorEntry> all = of(config);
        for (TensorEntry expected : all) {
            TensorEntry entry = found.remove(expected.name());
            if (!expected.equals(entry)) {
                throw new PaletteException(
                        "%s: tensor '%s' is %s, expected %s by %s; the two belong to different models"
                                .formatted(
                                        weights.path(),
                                        expected.name(),
                                        entry == null ? "missing" : entry.layout(),
                                        expected.layout(),
                                        source));
            }
        }
        found.keySet().stream().filter(BertNames::isEncoder).findFirst().ifPresent(name -> {
            throw new PaletteException(
                    "%s: tensor '%s' has no place in the %d layers of %s; the two belong to different models"
                            .formatted(weights.path(), name, config.layers(), source));
        });
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
