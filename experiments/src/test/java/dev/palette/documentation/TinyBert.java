package dev.palette.documentation;

import dev.palette.adapter.Declaration;
import dev.palette.adapter.Shared;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.RandomStreams;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** An encoder of twelve narrow layers with random weights, which stands in for BERT-base where a page is tried. */
final class TinyBert {
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private TinyBert() {}

    /**
     * Writes the encoder.
     *
     * @param data a folder whose tables' words its vocabulary has whole
     */
    static void write(Path folder, Path data) throws IOException {
        Files.createDirectories(folder);
        List<String> vocabulary = vocabulary(data);
        BertConfig config = new BertConfig(vocabulary.size(), 24, 12, 4, 40, 64, 2, 0.1, 0.1, 1e-12);
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "bert", "hidden_act": "gelu", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "intermediate_size": %d, "max_position_embeddings": %d, "type_vocab_size": %d}
                """.formatted(
                        config.vocabularySize(),
                        config.hiddenSize(),
                        config.layers(),
                        config.heads(),
                        config.intermediateSize(),
                        config.positions(),
                        config.tokenTypes()));
        Files.write(folder.resolve("vocab.txt"), vocabulary);
        List<TensorData> weights = MultiTaskModel.parameters(config, new Shared(), Map.of()).stream()
                .map(TinyBert::random)
                .toList();
        SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, Map.of());
    }

    private static List<String> vocabulary(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            Set<String> words = new TreeSet<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).toList()) {
                words.addAll(
                        List.of(Files.readString(file).toLowerCase(Locale.ROOT).split("[^a-z]+|(?=[.?!])")));
            }
            words.remove("");
            return Stream.concat(SPECIAL.stream(), Stream.concat(Stream.of(".", "?", "!"), words.stream()))
                    .distinct()
                    .toList();
        }
    }

    private static TensorData random(Declaration declaration) {
        float[] values = new RandomStreams(7).normal(declaration.name(), Math.toIntExact(declaration.size()), 0.2);
        if (declaration.start() == Declaration.Start.ONE) {
            for (int i = 0; i < values.length; i++) {
                values[i] += 1;
            }
        }
        return TensorData.ofFloats(
                declaration.name(),
                values,
                declaration.shape().stream().mapToLong(Integer::longValue).toArray());
    }
}
