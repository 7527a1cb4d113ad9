package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Declaration;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.model.ModelInput;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.testing.Golden;
import dev.palette.testing.TinyGolden;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients, and five steps of the original's optimizer under {@code compatibility original}, are the original code's. */
class OriginalStepsTest {
    private static final int REGRESSION_TASK = 2;

    private TinyGolden golden;
    private ModelParameters parameters;
    private MultiTaskModel model;

    private void load(String variant, Kernel kernel) throws IOException {
        golden = TinyGolden.read(variant);
        parameters = new ModelParameters(
                MultiTaskModel.parameters(golden.config(), golden.adapter(), golden.heads()),
                golden::weight,
                kernel.memory());
        model = new MultiTaskModel(golden.config(), golden.adapter(), golden.heads(), parameters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fully_shared", "pals"})
    void everyGradientAgreesAndNoOtherParameterHasOne(String variant) throws IOException {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            load(variant, kernel);
            for (int task : List.of(0, REGRESSION_TASK)) {
                try (NDManager scope = kernel.memory().newSubManager()) {
                    Ops ops = kernel.ops().in(scope);
                    Map<String, NDArray> found = gradients(task, loss(task, ops), ops);
                    Map<String, JsonNode> expected =
                            golden.renamed(golden.json().get("gradients").get(String.valueOf(task)));
                    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
                    found.forEach((name, gradient) -> agree(name, gradient, expected.get(name), "grad"));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fully_shared", "pals"})
    void fiveStepsLeaveTheOriginalsParameters(String variant) throws IOException {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            load(variant, kernel);
            WeightUpdate update = new WeightUpdate(originalTraining(), parameters, kernel.memory());
            Map<String, JsonNode> expected =
                    new HashMap<>(golden.renamed(golden.json().get("weights")));
            for (JsonNode step : golden.json().get("steps")) {
                int task = step.get("task").asInt();
                try (NDManager scope = kernel.memory().newSubManager()) {
                    Ops ops = kernel.ops().in(scope);
                    NDArray loss = loss(task, ops);
                    assertThat((double) loss.getFloat())
                            .isCloseTo(step.get("loss_before_update").asDouble(), within((double)
                                    golden.tolerance("params")));
                    update.apply(step.get("step").asLong(), gradients(task, loss, ops), ops);
                }
                expected.putAll(golden.renamed(step.get("params")));
                for (Declaration declaration : parameters.declarations()) {
                    String name = declaration.name();
                    agree(name, parameters.get(name), expected.get(name), "params");
                }
                golden.renamed(step.get("param_step_count_after"))
                        .forEach((name, count) ->
                                assertThat(updates(update, name)).as(name).isEqualTo(count.asLong()));
            }
        }
    }

    private static long updates(WeightUpdate update, String name) {
        AdamState state = update.states().get(name);
        return state == null ? 0 : state.updates();
    }

    private Training originalTraining() {
        JsonNode o = golden.json().get("optimizer");
        Optimizer bertAdam = new Optimizer.BertAdam(
                o.get("lr").asDouble(),
                o.get("warmup").asDouble(),
                o.get("weight_decay").asDouble(),
                o.get("max_grad_norm_per_parameter").asDouble(),
                o.get("e").asDouble());
        return new Training.Options()
                .steps(o.get("t_total").asInt())
                .optimizer(bertAdam)
                .compatibility(Compatibility.original())
                .build();
    }

    private NDArray loss(int task, Ops ops) {
        NDManager scope = ops.scope();
        ModelInput input = ModelInput.of(scope, golden.ids(), golden.types(), golden.lengths());
        NDArray logits = model.logits(input, golden.tasks().get(task), true, ops);
        NDArray labels = scope.create(golden.labels(task));
        return task == REGRESSION_TASK
                ? ops.meanSquaredError(logits, labels)
                : ops.crossEntropy(logits, labels.toType(DataType.INT64, false));
    }

    private Map<String, NDArray> gradients(int task, NDArray loss, Ops ops) {
        List<String> names = parameters.inPlay(golden.tasks().get(task));
        List<NDArray> values =
                ops.gradient(loss, names.stream().map(parameters::get).toList());
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            gradients.put(names.get(i), values.get(i));
        }
        return gradients;
    }

    private void agree(String name, NDArray actual, JsonNode expected, String tolerance) {
        float[] values = Golden.floats(expected.get("data"));
        float[] found = actual.toFloatArray();
        assertThat(found).as(name).hasSameSizeAs(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(found[i]).as("%s[%d]", name, i).isCloseTo(values[i], within(golden.tolerance(tolerance)));
        }
    }
}
