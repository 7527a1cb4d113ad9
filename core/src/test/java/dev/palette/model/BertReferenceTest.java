package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Shared;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Head;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The released BERT-base computes what the original code computes with the same weights. */
@Tag("bertBase")
class BertReferenceTest {
    private static final double TOLERANCE = 2e-5;
    private static final int HIDDEN = 768;

    @Test
    void everyLayerAndThePoolerAgreeWithTheOriginal() throws IOException {
        EncoderFiles bert = new EncoderStore(EncoderStore.defaultCache(), DownloadProgress.SILENT)
                .resolve(new EncoderSource.Released("bertBase.uncased"));
        Map<String, Head> heads = Map.of("any", new Head.Sequence(1));
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 2));
                SafetensorsFile weights = SafetensorsFile.open(bert.weights())) {
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(bert.config(), new Shared(), heads),
                    new StartingWeights(weights, new RandomStreams(1)),
                    kernel.memory());
            MultiTaskModel model = new MultiTaskModel(bert.config(), new Shared(), heads, parameters);
            for (Path file : Golden.files("bert_base_")) {
                for (JsonNode expected : Golden.read(file).path("cases")) {
                    try (NDManager scope = kernel.memory().newSubManager()) {
                        agrees(model, expected, kernel.ops().withoutGradient().in(scope));
                    }
                }
            }
        }
    }

    private static void agrees(MultiTaskModel model, JsonNode expected, Ops ops) {
        int[] lengths = {expected.get("num_tokens").asInt()};
        ModelInput input = ModelInput.padded(
                ops.scope(), longs(expected.get("input_ids")), longs(expected.get("segment_ids")), lengths);
        EncoderOutput output = model.encode(input, "any", ops);
        List<NDArray> states = new ArrayList<>(List.of(output.embeddings()));
        states.addAll(output.layers());
        for (int layer = 0; layer < states.size(); layer++) {
            near(
                    states.get(layer).toFloatArray(),
                    0,
                    expected.get("cls_first4_by_layer").get(layer));
        }
        float[] hidden = output.sequence().toFloatArray();
        expected.get("last_hidden_first8")
                .fields()
                .forEachRemaining(at -> near(hidden, Integer.parseInt(at.getKey()) * HIDDEN, at.getValue()));
        float[] pooled = output.pooled().toFloatArray();
        near(pooled, 0, expected.get("pooled_first8"));
        double norm = Math.sqrt(IntStream.range(0, pooled.length)
                .mapToDouble(i -> (double) pooled[i] * pooled[i])
                .sum());
        assertThat(norm).isCloseTo(expected.get("pooled_l2norm").asDouble(), within(1e-3));
    }

    private static void near(float[] found, int from, JsonNode expected) {
        float[] values = Golden.floats(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) found[from + i]).isCloseTo(values[i], within(TOLERANCE));
        }
    }

    private static long[] longs(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToLong(i -> array.get(i).asLong())
                .toArray();
    }
}
