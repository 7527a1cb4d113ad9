package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.TopLayer;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.model.Dropout;
import dev.palette.model.Freeze;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.StartingWeights;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.task.Task;
import dev.palette.testing.TinyEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packing, recomputing and keeping frozen outputs change what a step costs, not its loss and gradients. */
class BackpropagationTest {
    private static final Task TASK = new StubTask("mrpc", new Head.Sequence(2), Loss.CROSS_ENTROPY);
    private static final Batch BATCH = new Batch(
            new int[] {0, 1, 2},
            4,
            new long[] {2, 8, 9, 3, 2, 7, 3, 0, 2, 10, 3, 0},
            new long[] {0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0},
            new int[] {4, 3, 3},
            new float[] {1, 0, 1});

    private Kernel kernel;

    @BeforeEach
    void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    static Stream<Adapter> adapters() {
        return Stream.of(new Pal(12, 6), new Houlsby(5), new LowRank(4).plus(new TopLayer()));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void recomputingGivesTheSameBitsWithTheSameDropout(Adapter adapter) {
        Map<String, float[]> remembered = gradients(adapter, Dropout.seeded(7), plan -> plan);
        Map<String, float[]> recomputed = gradients(adapter, Dropout.seeded(7), plan -> plan.recompute(true));
        Map<String, float[]> otherwise = gradients(adapter, Dropout.seeded(8), plan -> plan.recompute(true));

        assertSame(recomputed, remembered, 0);
        assertThat(otherwise.get("loss")).isNotEqualTo(remembered.get("loss"));
    }

    @Test
    void recomputingReachesDownToTheLowestTrainedStage() {
        Adapter upper = new LowRank(4, List.of(1));
        Map<String, float[]> remembered = gradients(upper, Dropout.seeded(7), plan -> plan.freeze(Freeze.pretrained()));
        Map<String, float[]> recomputed = gradients(
                upper,
                Dropout.seeded(7),
                plan -> plan.freeze(Freeze.pretrained()).recompute(true));

        assertThat(remembered.keySet())
                .containsExactlyInAnyOrder(
                        "loss",
                        "adapter.lowRank.mrpc.layer.1.down.weight",
                        "adapter.lowRank.mrpc.layer.1.down.bias",
                        "adapter.lowRank.mrpc.layer.1.up.weight",
                        "adapter.lowRank.mrpc.layer.1.up.bias",
                        "head.mrpc.weight",
                        "head.mrpc.bias");
        assertSame(recomputed, remembered, 0);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void paddingOfAnyKindGivesTheSameGradientsAsNone(Adapter adapter) {
        Map<String, float[]> packed = gradients(adapter, Dropout.OFF, plan -> plan);
        for (Padding padding : Padding.values()) {
            assertSame(
                    gradients(
                            adapter, Dropout.OFF, plan -> plan.padding(padding).maxLength(6)),
                    packed,
                    2e-6f);
        }
    }

    private Map<String, float[]> gradients(
            Adapter adapter, Dropout dropout, UnaryOperator<Training.Options> configure) {
        Training plan = configure.apply(new Training.Options()).build();
        Map<String, Head> heads = Map.of("mrpc", TASK.head());
        ModelParameters parameters = new ModelParameters(
                MultiTaskModel.parameters(TinyEncoder.CONFIG, adapter, heads),
                new StartingWeights(null, new RandomStreams(3)),
                kernel.memory(),
                plan.freeze());
        MultiTaskModel model = new MultiTaskModel(TinyEncoder.CONFIG, adapter, heads, parameters);
        Replica replica = new Replica(kernel, model, parameters, Communicator.ALONE);
        BatchGradients batch = new BatchGradients(plan, replica, Map.of());
        try (NDManager scope = kernel.memory().newSubManager()) {
            Ops ops = kernel.ops().in(scope);
            Backpropagation.Result found = batch.differentiate(TASK, BATCH, BATCH, dropout, ops);
            Map<String, float[]> values = new LinkedHashMap<>();
            values.put("loss", found.value().toFloatArray());
            found.gradients().forEach((name, gradient) -> values.put(name, gradient.toFloatArray()));
            return values;
        }
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected, float tolerance) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values, within(tolerance)));
    }
}
