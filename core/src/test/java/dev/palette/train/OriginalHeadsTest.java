package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Shared;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.model.Dropout;
import dev.palette.model.ModelInput;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Batch;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.tensor.TensorData;
import dev.palette.testing.Golden;
import dev.palette.testing.TinyGolden;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Logits, loss and gradients are those of the original's BertForQuestionAnswering and BertForMultipleChoice. */
class OriginalHeadsTest {
    private static final BertConfig CONFIG = new BertConfig(60, 24, 2, 4, 40, 14, 2, 0, 0, 1e-12);

    @Test
    void aStartAndAnEndAtEveryPosition() throws IOException {
        JsonNode golden = Golden.read("heads.json.gz").get("question_answering");
        float[] starts = Golden.floats(golden.get("start_positions"));
        float[] ends = Golden.floats(golden.get("end_positions"));
        float[] positions = new float[2 * starts.length];
        for (int i = 0; i < starts.length; i++) {
            positions[2 * i] = starts[i];
            positions[2 * i + 1] = ends[i];
        }
        agrees(golden, "qa_outputs", new Head.Token(2), Loss.SPAN, positions);
    }

    @Test
    void oneOfSeveralChoices() throws IOException {
        JsonNode golden = Golden.read("heads.json.gz").get("multiple_choice");
        Head head = new Head.Choice(golden.get("num_choices").asInt());
        agrees(golden, "classifier", head, Loss.CROSS_ENTROPY, Golden.floats(golden.get("labels")));
    }

    private static void agrees(JsonNode golden, String layer, Head head, Loss loss, float[] labels) {
        Map<String, Head> heads = Map.of("task", head);
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
                NDManager scope = kernel.memory().newSubManager()) {
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(CONFIG, new Shared(), heads),
                    declaration -> weight(golden, declaration, layer),
                    kernel.memory());
            MultiTaskModel model = new MultiTaskModel(CONFIG, new Shared(), heads, parameters);
            Batch batch = batch(golden.get("inputs"), labels);
            Ops ops = kernel.ops().in(scope);
            ModelInput input = ModelInput.padded(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
            NDArray logits = model.pass(input, "task", Dropout.OFF).logits(ops);
            close("logits", logits, golden.get("logits"), tolerance(golden, "forward"));

            Training plan = new Training.Options().padding(Padding.LONGEST).build();
            Replica replica = new Replica(kernel, model, parameters, Communicator.ALONE);
            StubTask task = new StubTask("task", head, loss);
            Backpropagation.Result found = new BatchGradients(plan, replica, Map.of())
                    .differentiate(task, batch, batch, Dropout.seeded(1), ops);
            assertThat((double) found.value().getFloat())
                    .isCloseTo(golden.get("loss").asDouble(), within((double) tolerance(golden, "forward")));
            Map<String, NDArray> gradients = found.gradients();
            assertThat(gradients).hasSize(golden.get("gradients").size());
            gradients.forEach((name, gradient) -> close(
                    name, gradient, golden.get("gradients").get(original(name, layer)), tolerance(golden, "grad")));
        }
    }

    private static Batch batch(JsonNode inputs, float[] labels) {
        int[] lengths = rows(inputs.get("attention_mask"))
                .mapToInt(row -> (int) IntStream.range(0, row.size())
                        .filter(i -> row.get(i).asInt() == 1)
                        .count())
                .toArray();
        long[] ids = TinyGolden.longs(inputs.get("input_ids"));
        long[] types = TinyGolden.longs(inputs.get("token_type_ids"));
        return new Batch(new int[0], ids.length / lengths.length, ids, types, lengths, labels);
    }

    private static Stream<JsonNode> rows(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static TensorData weight(JsonNode golden, Declaration declaration, String layer) {
        JsonNode tensor = golden.get("weights").get(original(declaration.name(), layer));
        return TensorData.ofFloats(
                declaration.name(),
                Golden.floats(tensor.get("data")),
                declaration.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    private static String original(String name, String layer) {
        return name.replace("LayerNorm.weight", "LayerNorm.gamma")
                .replace("LayerNorm.bias", "LayerNorm.beta")
                .replace("head.task.", layer + ".");
    }

    private static float tolerance(JsonNode golden, String what) {
        return 10
                * (float) golden.get("max_abs_difference_from_a_float64_run")
                        .get(what)
                        .asDouble();
    }

    private static void close(String what, NDArray found, JsonNode expected, float tolerance) {
        float[] values = Golden.floats(expected.get("data"));
        float[] actual = found.toFloatArray();
        assertThat(actual).as(what).hasSameSizeAs(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(actual[i]).as("%s[%d]", what, i).isCloseTo(values[i], within(tolerance));
        }
    }
}
