package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.palette.adapter.LowRank;
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
import dev.palette.task.BatchOrder;
import dev.palette.task.Dataset;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import dev.palette.task.Task;
import dev.palette.task.TrainingOrder;
import dev.palette.testing.TinyEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What frozen stages make of an example is looked up, not computed again, and is the same. */
class FrozenOutputsTest {
    private static final Map<String, Head> HEADS = Map.of("choices", new Head.Choice(2));
    private static final Task TASK = new StubTask("choices", new Head.Choice(2), Loss.CROSS_ENTROPY);

    private final List<String> messages = new ArrayList<>();
    private final Training plan =
            new Training.Options().freeze(Freeze.pretrained()).cacheFrozen(true).build();
    private Kernel kernel;
    private ModelParameters parameters;
    private MultiTaskModel model;

    @BeforeEach
    void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
        model(new LowRank(4, List.of(1)), Freeze.pretrained());
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private void model(LowRank adapter, Freeze freeze) {
        parameters = new ModelParameters(
                MultiTaskModel.parameters(TinyEncoder.CONFIG, adapter, HEADS),
                new StartingWeights(null, new RandomStreams(3)),
                kernel.memory(),
                freeze);
        model = new MultiTaskModel(TinyEncoder.CONFIG, adapter, HEADS, parameters);
    }

    @Test
    void aStepThatLooksThemUpHasTheLossAndGradientsOfOneThatComputesThem() {
        FrozenOutputs outputs = compute().orElseThrow();
        Batch batch = new FourChoices().batch(new int[] {2, 0, 3});
        try (NDManager scope = kernel.memory().newSubManager()) {
            Backpropagation.Result computed = differentiate(batch, Map.of(), scope);
            Backpropagation.Result lookedUp = differentiate(batch, Map.of("choices", outputs), scope);

            assertThat(lookedUp.value().getFloat()).isCloseTo(computed.value().getFloat(), within(1e-6f));
            assertThat(lookedUp.gradients().keySet())
                    .isEqualTo(computed.gradients().keySet())
                    .hasSize(6);
            computed.gradients()
                    .forEach((name, gradient) -> assertThat(
                                    lookedUp.gradients().get(name).toFloatArray())
                            .as(name)
                            .containsExactly(gradient.toFloatArray(), within(1e-6f)));
        }
        assertThat(messages).containsExactly("choices: computing the 2 frozen stages once");
    }

    @Test
    void thereAreNoneWhereTheLowestLayerIsTrained() {
        model(new LowRank(4, List.of(0)), Freeze.pretrained());
        assertThat(model.stagesBelow("choices", parameters.inPlay("choices"))).isEqualTo(1); // the embeddings
        model(new LowRank(4, List.of(1)), Freeze.encoder());
        assertThat(model.stagesBelow("choices", parameters.inPlay("choices"))).isZero(); // its norm is trained
        assertThat(compute()).isEmpty();
    }

    private Optional<FrozenOutputs> compute() {
        TrainingOrder order =
                new TrainingOrder(new FourChoices(), BatchOrder.SHUFFLED, 2, new RandomStreams(1), "choices");
        return FrozenOutputs.compute(
                new TrainingTask(TASK, order, 4, Map.of()),
                model,
                parameters,
                kernel.ops().withoutGradient(),
                messages::add);
    }

    private Backpropagation.Result differentiate(Batch batch, Map<String, FrozenOutputs> frozen, NDManager scope) {
        Ops ops = kernel.ops().in(scope);
        Replica replica = new Replica(kernel, model, parameters, Communicator.ALONE);
        return new BatchGradients(plan, replica, frozen).differentiate(TASK, batch, batch, Dropout.seeded(5), ops);
    }

    /** Four examples of two sequences each. */
    private static final class FourChoices implements Dataset {
        private static final long[][] SEQUENCES = {
            {2, 8, 3}, {2, 9, 10, 3}, {2, 7, 7, 7, 3}, {2, 3}, {2, 11, 3}, {2, 12, 3}, {2, 8, 9, 3}, {2, 5, 3}
        };

        @Override
        public int[] lengths() {
            return new int[] {4, 5, 3, 4};
        }

        @Override
        public Batch batch(int[] indices) {
            int width = 5;
            long[] ids = new long[2 * indices.length * width];
            int[] lengths = new int[2 * indices.length];
            for (int row = 0; row < lengths.length; row++) {
                long[] sequence = SEQUENCES[2 * indices[row / 2] + row % 2];
                System.arraycopy(sequence, 0, ids, row * width, sequence.length);
                lengths[row] = sequence.length;
            }
            float[] labels = new float[indices.length];
            Arrays.fill(labels, 1);
            return new Batch(indices, width, ids, new long[ids.length], lengths, labels);
        }

        @Override
        public Dataset select(int[] indices) {
            throw new UnsupportedOperationException("it is trained on as a whole");
        }

        @Override
        public Scores scores(Outputs outputs) {
            throw new UnsupportedOperationException("it is trained on");
        }

        @Override
        public Map<String, String> predictions(Outputs outputs) {
            throw new UnsupportedOperationException("it is trained on");
        }
    }
}
