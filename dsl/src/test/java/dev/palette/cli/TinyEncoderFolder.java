package dev.palette.cli;

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

/** The folder of a tiny encoder with random weights, the same ones every time; it knows the words of tiny data. */
final class TinyEncoderFolder {
    private static final BertConfig ENCODER = new BertConfig(13, 12, 2, 3, 20, 40, 2, 0.1, 0.1, 1e-12);

    private TinyEncoderFolder() {}

    static void write(Path encoder) throws IOException {
        Files.createDirectories(encoder);
        Files.writeString(
                encoder.resolve("vocab.txt"),
                "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ngood\nbad\ncat\ndog\nruns\nsleeps\nthe\n.\n");
        Files.writeString(encoder.resolve("config.json"), """
                {"model_type": "bert", "hidden_act": "gelu", "vocab_size": 13, "hidden_size": 12, "num_hidden_layers": 2,
                 "num_attention_heads": 3, "intermediate_size": 20, "max_position_embeddings": 40, "type_vocab_size": 2}
                """);
        List<TensorData> tensors = MultiTaskModel.parameters(ENCODER, new Shared(), Map.of()).stream()
                .map(each -> TensorData.ofFloats(
                        each.name(),
                        new RandomStreams(7).normal(each.name(), Math.toIntExact(each.size()), 0.2),
                        each.shape().stream().mapToLong(Integer::longValue).toArray()))
                .toList();
        SafetensorsWriter.write(encoder.resolve("model.safetensors"), tensors, Map.of());
    }
}
