package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Declaration;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.testing.Golden;
import dev.palette.testing.TinyGolden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** In every variant, every layer's output, what the heads see and the logits are the original code's. */
class OriginalForwardTest {
    static Stream<Arguments> filesAndProducts() {
        return TinyGolden.files()
                .flatMap(file -> Stream.of(Product.MATMUL, Product.CONVOLUTION)
                        .map(product -> Arguments.argumentSet(file.getFileName() + " " + product, file, product)));
    }

    static Stream<Arguments> files() {
        return TinyGolden.files()
                .map(file -> Arguments.argumentSet(file.getFileName().toString(), file));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("filesAndProducts")
    void theForwardPassAgreesWithTheOriginal(Path file, Product product) throws IOException {
        TinyGolden golden = TinyGolden.read(file);
        try (Kernel kernel = Kernel.open(new KernelChoice(product, 1))) {
            MultiTaskModel model = new MultiTaskModel(
                    golden.config(), golden.adapter(), golden.heads(), golden.parameters(kernel.memory()));
            for (JsonNode expected : golden.json().get("forward")) {
                String task = golden.tasks().get(expected.get("task").asInt());
                try (NDManager scope = kernel.memory().newSubManager()) {
                    Ops ops = kernel.ops().in(scope);
                    ModelInput input = ModelInput.padded(scope, golden.ids(), golden.types(), golden.lengths());
                    EncoderOutput output = model.encode(input, task, ops);
                    agrees(golden, output.embeddings(), expected.get("embedding_output"));
                    assertThat(output.layers()).hasSameSizeAs(expected.get("layers"));
                    for (int layer = 0; layer < output.layers().size(); layer++) {
                        agrees(
                                golden,
                                output.layers().get(layer),
                                expected.get("layers").get(layer));
                    }
                    agrees(golden, output.sequence(), expected.get("sequence_output"));
                    agrees(golden, output.pooled(), expected.get("pooled_output"));
                    agrees(golden, model.pass(input, task, Dropout.OFF).logits(ops), expected.get("logits"));
                    agrees(golden, model.pass(input, task, Dropout.seeded(1)).logits(ops), expected.get("logits"));
                }
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void theParametersAreTheOriginalsByNameAndAlias(Path file) throws IOException {
        TinyGolden golden = TinyGolden.read(file);
        Map<String, String> aliases = new HashMap<>();
        for (Declaration declaration : golden.declarations()) {
            List<String> originals = golden.names().originals(declaration.name());
            originals.stream().skip(1).forEach(alias -> aliases.put(alias, originals.get(0)));
        }
        Map<String, String> expected = new HashMap<>();
        golden.json()
                .get("aliases")
                .fields()
                .forEachRemaining(e -> expected.put(e.getKey(), e.getValue().asText()));
        Iterable<String> weights = () -> golden.json().get("weights").fieldNames();

        assertThat(aliases).isEqualTo(expected);
        assertThat(golden.declarations().stream()
                        .map(d -> golden.names().originals(d.name()).get(0)))
                .containsExactlyInAnyOrderElementsOf(weights);
    }

    private static void agrees(TinyGolden golden, NDArray actual, JsonNode expected) {
        float[] values = Golden.floats(expected.get("data"));
        float[] found = actual.toFloatArray();
        assertThat(found).hasSameSizeAs(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(found[i]).isCloseTo(values[i], within(golden.tolerance("forward")));
        }
    }
}
