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
import dev.palette.model.Dropout;
import dev.palette.model.ModelInput;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.testing.Golden;
import dev.palette.testing.TinyGolden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In every variant, losses, gradients, and five steps of the original's optimizer under its compatibility switches, are the original
 * code's: with all weights trained and with the encoder frozen, with one learning rate and with two.
 */
class OriginalStepsTest {
    private static final int REGRESSION_TASK = 2;

    private TinyGolden golden;
    private ModelParameters parameters;
    private MultiTaskModel model;

    static Stream<Arguments> files() {
        return TinyGolden.files()
                .map(file -> Arguments.argumentSet(file.getFileName().toString(), file));
    }

    private void load(Path file, Kernel kernel) throws IOException {
        golden = TinyGolden.read(file);
        parameters = golden.parameters(kernel.memory());
        model = new MultiTaskModel(golden.config(), golden.adapter(), golden.heads(), parameters);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void everyTasksLossAgrees(Path file) throws IOException {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            load(file, kernel);
            for (JsonNode expected : golden.json().get("forward")) {
                assertThat((double)
                                loss(expected.get("task").asInt(), kernel.ops()).getFloat())
                        .isCloseTo(expected.get("loss").asDouble(), within((double) golden.tolerance("forward")));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void everyGradientAgreesAndNoOtherParameterHasOne(Path file) throws IOException {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            load(file, kernel);
            for (int task : List.of(0, REGRESSION_TASK)) {
                try (NDManager scope = kernel.memory().newSubManager()) {
                    Ops ops = kernel.ops().in(scope);
                    Map<String, NDArray> found = gradients(task, loss(task, ops), ops);
                    Map<String, JsonNode> expected =
                            golden.renamed(golden.json().get("gradients").get(String.valueOf(task)));
                    expected.keySet().removeIf(name -> !golden.freeze().trains(parameters.declaration(name)));
                    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
                    found.forEach((name, gradient) -> agree(name, gradient, expected.get(name), "grad"));
                }
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void fiveStepsLeaveTheOriginalsParameters(Path file) throws IOException {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            load(file, kernel);
            WeightUpdate update = new WeightUpdate(originalTraining(), parameters, kernel.memory());
            Map<String, JsonNode> expected =
                    new HashMap<>(golden.renamed(golden.json().get("weights")));
            assertThat(golden.steps()).hasSize(5);
            for (int i = 0; i < golden.steps().size(); i++) {
                JsonNode step = golden.steps().get(i);
                int task = step.get("task").asInt();
                try (NDManager scope = kernel.memory().newSubManager()) {
                    Ops ops = kernel.ops().in(scope);
                    NDArray loss = loss(task, ops);
                    assertThat((double) loss.getFloat())
                            .isCloseTo(step.get("loss_before_update").asDouble(), within((double)
                                    golden.tolerance("params")));
                    update.apply(i, gradients(task, loss, ops), ops);
                }
                expected.putAll(golden.renamed(step.get("params")));
                for (Declaration declaration : parameters.declarations()) {
                    String name = declaration.name();
                    agree(name, parameters.get(name), expected.get(name), "params");
                }
                golden.renamed(step.path("param_step_count_after"))
                        .forEach((name, count) ->
                                assertThat(updates(update, name)).as(name).isEqualTo(count.asLong()));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("files")
    void whatIsFrozenNeedsNoGradientAndNothingIsKeptForIt(Path file) throws IOException {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            load(file, kernel);
            WeightUpdate update = new WeightUpdate(originalTraining(), parameters, kernel.memory());
            for (int task = 0; task < golden.tasks().size(); task++) {
                update.apply(task, gradients(task, loss(task, kernel.ops()), kernel.ops()), kernel.ops());
            }
            List<String> trained = parameters.declarations().stream()
                    .map(Declaration::name)
                    .filter(name -> parameters.get(name).hasGradient())
                    .toList();
            assertThat(update.states().keySet()).containsExactlyInAnyOrderElementsOf(trained);
            golden.trainable().ifPresent(names -> assertThat(trained).containsExactlyInAnyOrderElementsOf(names));
        }
    }

    private static long updates(WeightUpdate update, String name) {
        AdamState state = update.states().get(name);
        return state == null ? 0 : state.updates();
    }

    private Training originalTraining() {
        JsonNode o = golden.json().get("optimizer");
        return new Training.Options()
                .steps(o.get("t_total").asInt())
                .freeze(golden.freeze())
                .optimizer(new Optimizer.BertAdam(
                        o.get("lr").asDouble(),
                        o.get("warmup").asDouble(),
                        o.get("weight_decay").asDouble(),
                        o.get("max_grad_norm_per_parameter").asDouble(),
                        o.get("e").asDouble(),
                        1,
                        golden.groups()))
                .compatibility(Compatibility.original())
                .build();
    }

    private NDArray loss(int task, Ops ops) {
        NDManager scope = ops.scope();
        ModelInput input = ModelInput.padded(scope, golden.ids(), golden.types(), golden.lengths());
        NDArray logits =
                model.pass(input, golden.tasks().get(task), Dropout.seeded(1)).logits(ops);
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
