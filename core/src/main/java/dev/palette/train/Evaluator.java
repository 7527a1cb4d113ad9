package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Ops;
import dev.palette.model.ModelInput;
import dev.palette.model.MultiTaskModel;
import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.LengthBuckets;
import dev.palette.task.Scores;
import dev.palette.task.Task;

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
     * What the task's head says of each example.
     *
     * @return (n, outputs) row after row, in the order of the examples
     */
    public float[] outputs(Task task, Dataset data) {
        int width = task.target().outputs();
        float[] all = new float[data.size() * width];
        for (int[] indices : LengthBuckets.evaluation(data.lengths(), BATCH)) {
            try (NDManager scope = ops.scope().newSubManager()) {
                Batch batch = data.batch(indices);
                ModelInput input = ModelInput.of(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
                NDArray logits = model.logits(input, task.name(), false, ops.in(scope)); // (B, outputs)
                float[] rows = logits.toFloatArray();
                for (int row = 0; row < indices.length; row++) {
                    System.arraycopy(rows, row * width, all, indices[row] * width, width);
                }
            }
        }
        return all;
    }

    /** The task's metrics over the whole of a split. */
    public Scores scores(Task task, Dataset data) {
        double[] predictions = task.target().predictions(outputs(task, data));
        return Scores.of(task.metrics(), predictions, data.examples().labels());
    }
}
