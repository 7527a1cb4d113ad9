package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.adapter.Declaration;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.Dropout;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.task.Batch;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.task.Task;
import dev.palette.testing.Golden;
import dev.palette.testing.TinyGolden;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A batch in parts moves the weights as the whole batch does; the tiny model has no dropout. */
class AccumulationTest {
    private static final Task MRPC = new StubTask("mrpc", new Head.Sequence(2), Loss.CROSS_ENTROPY);

    @Test
    void twoHalvesMoveTheWeightsAsTheWholeDoes() throws IOException {
        TinyGolden golden = TinyGolden.read(Golden.files("tiny_pals.").get(0));
        Map<String, float[]> atOnce = afterOneStep(golden, List.of(rows(golden, 0, 4)));
        Map<String, float[]> inParts = afterOneStep(golden, List.of(rows(golden, 0, 2), rows(golden, 2, 4)));

        assertThat(inParts.keySet()).isEqualTo(atOnce.keySet());
        inParts.forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(atOnce.get(name)[i], within(1e-6f));
            }
        });
    }

    /** Weights and, as {@code loss}, the loss; the optimizer's step is proportional to the gradient. */
    private static Map<String, float[]> afterOneStep(TinyGolden golden, List<Batch> parts) {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            ModelParameters parameters = golden.parameters(kernel.memory());
            MultiTaskModel model = new MultiTaskModel(golden.config(), golden.adapter(), golden.heads(), parameters);
            Training plan = new Training.Options()
                    .optimizer(new Optimizer.AdamWOptions()
                            .learningRate(0.01)
                            .warmupFraction(0)
                            .epsilon(1) // large beside the root: the update follows the gradient's size, not its sign
                            .build())
                    .build();
            WeightUpdate update = new WeightUpdate(plan, parameters, kernel.memory());
            double loss = new TrainingStep(plan, model, parameters, update, Map.of(), kernel.ops())
                    .take(0, MRPC, parts, Dropout.seeded(1));
            Map<String, float[]> values = new LinkedHashMap<>();
            values.put("loss", new float[] {(float) loss});
            for (Declaration declaration : parameters.declarations()) {
                values.put(
                        declaration.name(), parameters.get(declaration.name()).toFloatArray());
            }
            return values;
        }
    }

    private static Batch rows(TinyGolden golden, int from, int to) {
        int width = golden.ids().length / golden.lengths().length;
        return new Batch(
                new int[to - from],
                width,
                Arrays.copyOfRange(golden.ids(), from * width, to * width),
                Arrays.copyOfRange(golden.types(), from * width, to * width),
                Arrays.copyOfRange(golden.lengths(), from, to),
                Arrays.copyOfRange(golden.labels(0), from, to));
    }
}
