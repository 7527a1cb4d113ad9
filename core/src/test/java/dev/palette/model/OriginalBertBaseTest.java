package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Architecture;
import dev.palette.adapter.Declaration;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import dev.palette.task.Head;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.testing.Golden;
import dev.palette.testing.TinyGolden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every variant on BERT-base's real weights computes what the original does, and has its gradients. New parameters follow a formula
 * that both sides compute.
 */
@Tag("bertBase")
class OriginalBertBaseTest {
    private static final double FORWARD = 2e-5;
    private static final double GRADIENT = 1e-4; // of the tensor's norm: sums over 256 word pieces, in another order

    static Stream<Arguments> variants() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Path file : Golden.files("bert_base_")) {
            JsonNode golden = Golden.read(file);
            golden.path("variants")
                    .fieldNames()
                    .forEachRemaining(variant -> all.add(Arguments.argumentSet(variant, file, golden, variant)));
        }
        return all.stream();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("variants")
    void forwardAndGradientsAgree(Path file, JsonNode golden, String variant) {
        JsonNode expected = golden.get("variants").get(variant);
        Architecture architecture = Architecture.of(file, expected.get("config"));
        Map<String, Head> heads = new LinkedHashMap<>();
        for (int i = 0; i < golden.get("task_names").size(); i++) {
            heads.put(
                    golden.get("task_names").get(i).asText(),
                    new Head.Sequence(golden.get("num_labels").get(i).asInt()));
        }
        List<Declaration> declared = MultiTaskModel.parameters(architecture.encoder(), architecture.adapter(), heads);
        OriginalNames names = new OriginalNames(declared, List.copyOf(heads.keySet()), OriginalNames.Model.MULTI_TASK);
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 2));
                SafetensorsFile weights = SafetensorsFile.open(bertBase())) {
            ModelParameters parameters = new ModelParameters(declared, start(weights, names), kernel.memory());
            MultiTaskModel model =
                    new MultiTaskModel(architecture.encoder(), architecture.adapter(), heads, parameters);
            expected.get("tasks").fields().forEachRemaining(task -> {
                try (NDManager scope = kernel.memory().newSubManager()) {
                    JsonNode batch = golden.get("batches").get(task.getKey());
                    String name = golden.get("task_names")
                            .get(Integer.parseInt(task.getKey()))
                            .asText();
                    Ops ops = kernel.ops().in(scope);
                    ModelInput input = input(batch, scope);
                    agree(model.encode(input, name, ops.withoutGradient()), task.getValue());
                    NDArray logits = model.pass(input, name, Dropout.OFF).logits(ops);
                    near(logits, 0, flat(task.getValue().get("logits")), FORWARD);
                    NDArray loss = loss(logits, batch, ops);
                    assertThat((double) loss.getFloat())
                            .isCloseTo(task.getValue().get("loss").asDouble(), within(FORWARD));
                    agree(parameters, names, parameters.inPlay(name), loss, ops, task.getValue());
                }
            });
        }
    }

    private static Path bertBase() {
        EncoderFiles files = new EncoderStore(EncoderStore.defaultCache(), DownloadProgress.SILENT)
                .resolve(new EncoderSource.Released("bertBase.uncased"));
        return Objects.requireNonNull(files.weights());
    }

    private static Function<Declaration, TensorData> start(SafetensorsFile weights, OriginalNames names) {
        return declaration -> BertParameters.pretrainedName(declaration.name()) != null
                ? weights.tensor(declaration.name())
                : formula(declaration, names.originals(declaration.name()).get(0));
    }

    /** Values from a SplitMix64 sequence that the parameter's name seeds (FNV-1a). */
    private static TensorData formula(Declaration declaration, String original) {
        float[] values = new float[Math.toIntExact(declaration.size())];
        boolean lhuc = original.endsWith("lhuc");
        if (original.endsWith("gamma")) {
            Arrays.fill(values, 1);
        } else if (!original.endsWith("bias") && !original.endsWith("beta")) {
            long seed = 0xcbf29ce484222325L;
            for (byte b : original.getBytes(StandardCharsets.UTF_8)) {
                seed = (seed ^ (b & 0xff)) * 0x100000001b3L;
            }
            for (int k = 0; k < values.length; k++) {
                long z = seed + (k + 1) * 0x9E3779B97F4A7C15L;
                z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
                z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
                z ^= z >>> 31;
                double u = (z >>> 40) / 16777216.0;
                values[k] = (float) ((2 * u - 1) * 0.034641016151377546) * (lhuc ? 10 : 1);
            }
        }
        return TensorData.ofFloats(
                declaration.name(),
                values,
                declaration.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    private static ModelInput input(JsonNode batch, NDManager scope) {
        JsonNode mask = batch.get("attention_mask");
        int[] lengths = IntStream.range(0, mask.size())
                .map(row -> IntStream.range(0, mask.get(row).size())
                        .map(i -> mask.get(row).get(i).asInt())
                        .sum())
                .toArray();
        return ModelInput.padded(
                scope,
                TinyGolden.longs(batch.get("input_ids")),
                TinyGolden.longs(batch.get("token_type_ids")),
                lengths);
    }

    private static NDArray loss(NDArray logits, JsonNode batch, Ops ops) {
        NDArray labels = ops.scope().create(Golden.floats(batch.get("labels")));
        return logits.getShape().get(1) == 1
                ? ops.meanSquaredError(logits, labels)
                : ops.crossEntropy(logits, labels.toType(DataType.INT64, false));
    }

    private static void agree(EncoderOutput output, JsonNode expected) {
        JsonNode layers = expected.get("cls_first4_by_layer_row0");
        int last = output.layers().size() - 1;
        assertThat(layers).hasSize(last + 1);
        for (int layer = 0; layer < last; layer++) {
            near(output.layers().get(layer), 0, Golden.floats(layers.get(layer)), FORWARD);
        }
        float[] listed =
                Golden.floats(layers.get(last)); // the original's list ends with what stands above its last layer
        NDArray hooked = output.layers().get(last);
        boolean isHooked = Math.abs(hooked.toFloatArray()[0] - listed[0]) < FORWARD;
        near(isHooked ? hooked : output.sequence(), 0, listed, FORWARD);
        near(output.pooled(), 0, Golden.floats(expected.get("pooled_first8_row0")), FORWARD);
        int width = (int) output.pooled().getShape().get(1);
        near(output.pooled(), 7 * width, Golden.floats(expected.get("pooled_first8_row7")), FORWARD);
    }

    private static void agree(
            ModelParameters parameters,
            OriginalNames names,
            List<String> inPlay,
            NDArray loss,
            Ops ops,
            JsonNode expected) {
        List<NDArray> gradients =
                ops.gradient(loss, inPlay.stream().map(parameters::get).toList());
        assertThat(inPlay).hasSameSizeAs(expected.get("grad_l2norm"));
        for (int i = 0; i < gradients.size(); i++) {
            String original = names.originals(inPlay.get(i)).get(0);
            double norm = expected.get("grad_l2norm").get(original).asDouble();
            double within = GRADIENT * norm + 1e-6; // a key's bias has no gradient but for rounding
            assertThat(norm(gradients.get(i))).as(original).isCloseTo(norm, within(within));
            JsonNode first = expected.get("grad_first4").path(original);
            near(gradients.get(i), 0, Golden.floats(first), within);
        }
    }

    private static double norm(NDArray tensor) {
        double sum = 0;
        for (float value : tensor.toFloatArray()) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static float[] flat(JsonNode rows) {
        List<Float> values = new ArrayList<>();
        rows.forEach(row -> row.forEach(value -> values.add(Float.parseFloat(value.asText()))));
        float[] all = new float[values.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(i);
        }
        return all;
    }

    private static void near(NDArray tensor, int from, float[] expected, double tolerance) {
        float[] found = tensor.toFloatArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[from + i]).isCloseTo(expected[i], within(tolerance));
        }
    }
}
