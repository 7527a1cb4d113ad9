package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Kernel;
import dev.palette.model.Dropout;
import dev.palette.task.Batch;
import dev.palette.train.BatchGradients.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A batch in parts has the loss and the gradient of the whole batch, whatever the parts and the loss. */
class AccumulationTest {
    private static final int EXAMPLES = 40;

    private static Kernel kernel;

    @BeforeContainer
    static void open() {
        kernel = TinyTraining.kernel();
    }

    @AfterContainer
    static void close() {
        kernel.close();
    }

    @Property(tries = 150)
    void unevenPartsGiveWhatTheWholeGives(
            @ForAll @IntRange(min = 0, max = 3) int task,
            @ForAll @Size(min = 1, max = 13) @UniqueElements
                    List<@IntRange(min = 0, max = EXAMPLES - 1) Integer> examples,
            @ForAll @IntRange(min = 1, max = 14) int parts,
            @ForAll Padding padding) {
        Training plan = TinyTraining.plan().padding(padding).build();
        int[] indices = examples.stream().mapToInt(Integer::intValue).toArray();
        Batch batch = new MadeUpExamples(TinyTraining.EVERY_LOSS.get(task).loss(), EXAMPLES).batch(indices);

        Map<String, float[]> whole = lossAndGradients(plan, task, batch, 1);
        Map<String, float[]> divided = lossAndGradients(plan, task, batch, parts);

        assertThat(divided.keySet()).isEqualTo(whole.keySet());
        whole.forEach((name, values) -> assertThat(divided.get(name))
                .as(name)
                .containsExactly(values, within(2e-6f * Math.max(1, largest(values)))));
    }

    private static Map<String, float[]> lossAndGradients(Training plan, int task, Batch batch, int parts) {
        try (NDManager scope = kernel.memory().newSubManager()) {
            Replica replica = TinyTraining.replica(
                    plan, TinyTraining.NO_DROPOUT, kernel, Communicator.ALONE, TinyTraining.EVERY_LOSS);
            Share share = new BatchGradients(plan, replica, Map.of())
                    .share(TinyTraining.EVERY_LOSS.get(task), batch, parts, Dropout.OFF, scope);
            Map<String, float[]> values = new LinkedHashMap<>();
            values.put("loss", share.loss().toFloatArray());
            share.gradients().forEach((name, gradient) -> values.put(name, gradient.toFloatArray()));
            replica.parameters()
                    .declarations()
                    .forEach(declaration ->
                            replica.parameters().get(declaration.name()).close());
            return values;
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
