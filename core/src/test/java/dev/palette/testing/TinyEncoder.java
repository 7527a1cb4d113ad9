package dev.palette.testing;

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
import java.util.stream.Stream;

/** An encoder directory of two narrow layers with random weights: what BERT-base is, in 80 kB. */
public final class TinyEncoder {
    /** The words that its vocabulary has whole. */
    public static final List<String> WORDS = List.of(
            "the", "a", "dog", "cat", "bird", "horse", "child", "sees", "hears", "likes", "finds", "calls", "old",
            "small", "red", "quick", "and", "not", "never", "often", "here", "there", "house", "river", "tree",
            "stone");

    private static final List<String> VOCABULARY = Stream.concat(
                    Stream.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "##s"), WORDS.stream())
            .toList();

    /** Dropout is on, so that what is random while training is tested too. */
    public static final BertConfig CONFIG = new BertConfig(VOCABULARY.size(), 24, 2, 4, 40, 32, 2, 0.1, 0.1, 1e-12);

    private TinyEncoder() {}

    /** Writes the directory and gives it. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "bert", "hidden_act": "gelu", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "intermediate_size": %d, "max_position_embeddings": %d, "type_vocab_size": %d}
                """.formatted(
                        CONFIG.vocabularySize(),
                        CONFIG.hiddenSize(),
                        CONFIG.layers(),
                        CONFIG.heads(),
                        CONFIG.intermediateSize(),
                        CONFIG.positions(),
                        CONFIG.tokenTypes()));
        Files.write(folder.resolve("vocab.txt"), VOCABULARY);
        writeWeights(folder.resolve("model.safetensors"), tensors());
        return folder;
    }

    /** Writes a weights file with these tensors and gives it. */
    public static Path writeWeights(Path file, List<TensorData> tensors) {
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    /** Every tensor of the encoder under Hugging Face's names. */
    public static List<TensorData> tensors() {
        return MultiTaskModel.parameters(CONFIG, new Shared(), Map.of()).stream()
                .map(TinyEncoder::random)
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
