package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Ops;
import dev.palette.model.Dropout;
import dev.palette.model.ModelInput;
import dev.palette.model.MultiTaskModel;
import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.LengthBuckets;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import dev.palette.task.Task;
import java.util.Arrays;
import java.util.List;

/** Runs a model over whole splits: without dropout, without gradients, long sequences first. */
public final class Evaluator {
    private static final int BATCH = 32;

    private final MultiTaskModel model;
    private final Ops ops;

    /** Evaluates with the model's weights of the moment. */
    public Evaluator(MultiTaskModel model, Ops ops) {
        this.model = model;
        this.ops = ops.withoutGradient();
    }

    /**
     * What the task's head says of each example, in the order of the examples.
     *
     * @throws dev.palette.spec.DivergedException when it says something that is not a number
     */
    public Outputs outputs(Task task, Dataset data) {
        int[] lengths = data.lengths();
        float[][] all = new float[lengths.length][];
        for (int[] indices : LengthBuckets.evaluation(lengths, BATCH)) {
            try (NDManager scope = ops.scope().newSubManager()) {
                Batch batch = data.batch(indices);
                ModelInput input = ModelInput.packed(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
                NDArray logits = model.pass(input, task.name(), Dropout.OFF).logits(ops.in(scope));
                float[] values = logits.toFloatArray();
                int padded = values.length / indices.length;
                for (int row = 0; row < indices.length; row++) {
                    int own = task.head().values(lengths[indices[row]]);
                    all[indices[row]] = Arrays.copyOfRange(values, row * padded, row * padded + own);
                }
            }
        }
        return new Outputs(List.of(all));
    }

    /** The task's metrics over the whole of a split. */
    public Scores scores(Task task, Dataset data) {
        return data.scores(outputs(task, data));
    }
}
