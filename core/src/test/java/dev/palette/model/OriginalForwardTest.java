package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.testing.Golden;
import dev.palette.testing.TinyGolden;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every layer's output, the pooled output and the logits are the original code's. */
class OriginalForwardTest {
    @ParameterizedTest
    @CsvSource({"fully_shared,MATMUL", "fully_shared,CONVOLUTION", "pals,MATMUL", "pals,CONVOLUTION"})
    void theForwardPassAgreesWithTheOriginal(String variant, Product product) throws IOException {
        TinyGolden golden = TinyGolden.read(variant);
        try (Kernel kernel = Kernel.open(new KernelChoice(product, 1))) {
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(golden.config(), golden.adapter(), golden.heads()),
                    golden::weight,
                    kernel.memory());
            MultiTaskModel model = new MultiTaskModel(golden.config(), golden.adapter(), golden.heads(), parameters);
            for (JsonNode expected : golden.json().get("forward")) {
                String task = golden.tasks().get(expected.get("task").asInt());
                try (NDManager scope = kernel.memory().newSubManager()) {
                    Ops ops = kernel.ops().in(scope);
                    ModelInput input = ModelInput.of(scope, golden.ids(), golden.types(), golden.lengths());
                    EncoderOutput output = model.encode(input, task, ops);
                    agrees(golden, output.embeddings(), expected.get("embedding_output"));
                    for (int layer = 0; layer < golden.config().layers(); layer++) {
                        agrees(
                                golden,
                                output.layers().get(layer),
                                expected.get("layers").get(layer));
                    }
                    agrees(golden, output.sequence(), expected.get("sequence_output"));
                    agrees(golden, output.pooled(), expected.get("pooled_output"));
                    agrees(golden, model.logits(input, task, false, ops), expected.get("logits"));
                    agrees(golden, model.logits(input, task, true, ops), expected.get("logits"));
                }
            }
        }
    }

    private static void agrees(TinyGolden golden, NDArray actual, JsonNode expected) {
        float[] values = Golden.floats(expected.get("data"));
        float[] found = actual.toFloatArray();
        assertThat(found).hasSameSizeAs(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(found[i]).isCloseTo(values[i], org.assertj.core.data.Offset.offset(golden.tolerance("forward")));
        }
    }
}
