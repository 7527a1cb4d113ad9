package dev.palette.api;

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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An encoder of two narrow layers with random weights, and data for two tasks: all that an experiment needs to train in a moment. */
public record TinyModel(Path folder) {
    private static final List<String> WORDS = List.of(
            "please", "play", "music", "song", "light", "lamp", "the", "on", "off", "old", "bad", "good", "runs");

    private static final List<String> VOCABULARY = Stream.concat(
                    Stream.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "."), WORDS.stream())
            .toList();

    private static final BertConfig CONFIG = new BertConfig(VOCABULARY.size(), 12, 2, 3, 20, 32, 2, 0.1, 0.1, 1e-12);

    /** Writes encoder and data. */
    public static TinyModel write(Path folder) throws IOException {
        TinyModel model = new TinyModel(folder);
        Files.createDirectories(model.encoder());
        Files.writeString(model.encoder().resolve("config.json"), """
                {"model_type": "bert", "hidden_act": "gelu", "vocab_size": %d, "hidden_size": 12, "num_hidden_layers": 2,
                 "num_attention_heads": 3, "intermediate_size": 20, "max_position_embeddings": 32, "type_vocab_size": 2}
                """.formatted(VOCABULARY.size()));
        Files.write(model.encoder().resolve("vocab.txt"), VOCABULARY);
        SafetensorsWriter.write(model.encoder().resolve("model.safetensors"), weights(), Map.of());
        model.writeData("train", 32);
        model.writeData("dev", 8);
        return model;
    }

    /** The encoder's folder. */
    public Path encoder() {
        return folder.resolve("encoder");
    }

    /** The folder of the tasks' folders: {@code CoLA}, and {@code intents} with an intent and a text a line. */
    public Path data() {
        return folder.resolve("data");
    }

    private void writeData(String split, int rows) throws IOException {
        write("intents", split, rows, i -> i % 2 == 0 ? "music\tplay the %s song" : "light\tthe %s lamp on");
        write("CoLA", split, rows, i -> "own\t%d\t\tthe %%s %s runs .".formatted(i % 2, i % 2 == 0 ? "bad" : "good"));
    }

    private interface Row {
        String withGap(int row);
    }

    private void write(String task, String split, int rows, Row row) throws IOException {
        Path file = Files.createDirectories(data().resolve(task)).resolve(split + ".tsv");
        Files.writeString(
                file,
                IntStream.range(0, rows)
                        .mapToObj(i -> row.withGap(i).formatted(WORDS.get(i % WORDS.size())) + "\n")
                        .collect(Collectors.joining()));
    }

    private static List<TensorData> weights() {
        return MultiTaskModel.parameters(CONFIG, new Shared(), Map.of()).stream()
                .map(TinyModel::random)
                .toList();
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
