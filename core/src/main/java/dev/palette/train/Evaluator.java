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
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs a model over whole splits: without dropout, without gradients, long sequences first. Replicas share the batches out, and each
 * then has the outputs of all.
 */
public final class Evaluator {
    private static final int BATCH = 32;

    private final MultiTaskModel model;
    private final Ops ops;
    private final Communicator communicator;

    /** Evaluates with the model's weights of the moment. */
    public Evaluator(MultiTaskModel model, Ops ops) {
        this(model, ops, Communicator.ALONE);
    }

    /** Evaluates together with the other replicas, which are asked for the same outputs at the same time. */
    Evaluator(MultiTaskModel model, Ops ops, Communicator communicator) {
        this.model = model;
        this.ops = ops.withoutGradient();
        this.communicator = communicator;
    }

    /** The same, without the other replicas. */
    public Evaluator alone() {
        return new Evaluator(model, ops);
    }

    /**
     * What the task's head says of each example, in the order of the examples.
     *
     * @throws dev.palette.spec.DivergedException when it says something that is not a number
     */
    public Outputs outputs(Task task, Dataset data) {
        int[] lengths = data.lengths();
        float[][] all = new float[lengths.length][];
        List<int[]> batches = LengthBuckets.evaluation(lengths, BATCH);
        for (int[] indices : ofRank(communicator.rank(), batches)) {
            evaluate(task, data, indices, all);
        }
        exchange(task, lengths, batches, all);
        return new Outputs(List.of(all));
    }

    /** Every so-many-th batch, so that long sequences and short ones are shared out alike. */
    private List<int[]> ofRank(int rank, List<int[]> batches) {
        return IntStream.range(0, batches.size())
                .filter(i -> i % communicator.size() == rank)
                .mapToObj(batches::get)
                .toList();
    }

    private void evaluate(Task task, Dataset data, int[] indices, float[][] all) {
        try (NDManager scope = ops.scope().newSubManager()) {
            Batch batch = data.batch(indices);
            ModelInput input = ModelInput.packed(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
            NDArray logits = model.pass(input, task.name(), Dropout.OFF).logits(ops.in(scope));
            float[] values = logits.toFloatArray();
            int padded = values.length / indices.length;
            for (int row = 0; row < indices.length; row++) {
                int own = task.head().values(data.lengths()[indices[row]]);
                all[indices[row]] = Arrays.copyOfRange(values, row * padded, row * padded + own);
            }
        }
    }

    /** Puts in place what the other replicas found; a message has a rank's rows one after the other. */
    private void exchange(Task task, int[] lengths, List<int[]> batches, float[][] all) {
        if (communicator.size() == 1) {
            return;
        }
        List<byte[]> messages = communicator.allGather(message(ofRank(communicator.rank(), batches), all));
        for (int rank = 0; rank < messages.size(); rank++) {
            FloatBuffer values = ByteBuffer.wrap(messages.get(rank)).asFloatBuffer();
            for (int[] indices : ofRank(rank, batches)) {
                for (int index : indices) {
                    float[] row = new float[task.head().values(lengths[index])];
                    values.get(row);
                    all[index] = row;
                }
            }
        }
    }

    private static byte[] message(List<int[]> batches, float[][] all) {
        List<float[]> rows = batches.stream()
                .flatMap(indices -> Arrays.stream(indices).mapToObj(index -> all[index]))
                .toList();
        ByteBuffer message = ByteBuffer.allocate(
                Float.BYTES * rows.stream().mapToInt(row -> row.length).sum());
        FloatBuffer values = message.asFloatBuffer();
        rows.forEach(values::put);
        return message.array();
    }

    /** The task's metrics over the whole of a split. */
    public Scores scores(Task task, Dataset data) {
        return data.scores(outputs(task, data));
    }
}
