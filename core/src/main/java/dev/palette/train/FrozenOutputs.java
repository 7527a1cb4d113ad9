package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Ops;
import dev.palette.model.Dropout;
import dev.palette.model.ForwardPass;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.LengthBuckets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the stages below the lowest trained parameter make of a task's training examples: hidden states that training never changes,
 * computed once, without dropout, and looked up from then on.
 */
final class FrozenOutputs {
    private static final int BATCH = 32;
    /** The share of the device's memory that one task's hidden states may take. */
    private static final int SHARE_OF_MEMORY = 4;

    private final NDArray states; // (word pieces of all examples, H)
    private final Map<Integer, Long> firstRow = new HashMap<>(); // of each sequence
    private long rows;

    private FrozenOutputs(NDArray states) {
        this.states = states;
    }

    /**
     * Computes them for some tasks, in the replica's memory.
     *
     * @param messages hears where memory does not suffice
     * @return by task, where there is something to keep
     */
    static Map<String, FrozenOutputs> compute(List<TrainingTask> tasks, Replica replica, Consumer<String> messages) {
        Map<String, FrozenOutputs> kept = new LinkedHashMap<>();
        Ops ops = replica.kernel().ops().withoutGradient();
        for (TrainingTask task : tasks) {
            compute(task, replica.model(), replica.parameters(), ops, messages)
                    .ifPresent(outputs -> kept.put(task.task().name(), outputs));
        }
        return kept;
    }

    /**
     * Computes them, where a stage is frozen and memory suffices.
     *
     * @param ops in whose scope they are kept
     * @param messages hears where memory does not suffice
     */
    static Optional<FrozenOutputs> compute(
            TrainingTask task, MultiTaskModel model, ModelParameters parameters, Ops ops, Consumer<String> messages) {
        String name = task.task().name();
        int stages = model.stagesBelow(name, parameters.trainable(name));
        if (stages == 0) {
            return Optional.empty();
        }
        Dataset data = task.order().dataset();
        List<int[]> batches = LengthBuckets.evaluation(data.lengths(), BATCH);
        long rows = batches.stream()
                .mapToLong(
                        indices -> Arrays.stream(data.batch(indices).lengths()).sum())
                .sum();
        long bytes = rows * model.hiddenSize() * Float.BYTES;
        long most = ops.device().memoryBytes() / SHARE_OF_MEMORY;
        if (bytes > most) {
            messages.accept(
                    "%s: what the %d frozen stages make of its examples would take %,d MB, more than the %,d MB kept for that, and is computed in every step"
                            .formatted(name, stages, bytes >> 20, most >> 20));
            return Optional.empty();
        }
        messages.accept("%s: computing the %d frozen stages once".formatted(name, stages));
        FrozenOutputs outputs = new FrozenOutputs(ops.scope().zeros(new Shape(rows, model.hiddenSize())));
        batches.forEach(indices -> outputs.add(data.batch(indices), stages, name, model, ops));
        return Optional.of(outputs);
    }

    private void add(Batch batch, int stages, String task, MultiTaskModel model, Ops ops) {
        try (NDManager scope = ops.scope().newSubManager()) {
            Ops inScope = ops.in(scope);
            ForwardPass pass = model.pass(Padding.PACKED.input(batch, 0, scope), task, Dropout.OFF);
            NDArray h = pass.start();
            for (int stage = 0; stage < stages; stage++) {
                h = pass.compute(stage, h, inScope); // (N, H)
            }
            ops.place(states, rows, h);
        }
        int[] sequences = sequences(batch);
        for (int i : Layout.packedOrder(batch.lengths())) {
            firstRow.put(sequences[i], rows);
            rows += batch.lengths()[i];
        }
    }

    /** Numbers the sequences of a batch over the whole task: an example has one, or as many as it has choices. */
    private static int[] sequences(Batch batch) {
        int perExample = batch.lengths().length / batch.rows();
        return IntStream.range(0, batch.lengths().length)
                .map(i -> batch.examples()[i / perExample] * perExample + i % perExample)
                .toArray();
    }

    /** What the frozen stages made of a batch, packed: (N, H). */
    NDArray of(Batch batch, Ops ops) {
        int[] sequences = sequences(batch);
        LongStream.Builder wanted = LongStream.builder();
        for (int i : Layout.packedOrder(batch.lengths())) {
            long from = Objects.requireNonNull(firstRow.get(sequences[i]));
            LongStream.range(from, from + batch.lengths()[i]).forEach(wanted);
        }
        return ops.pick(states, ops.scope().create(wanted.build().toArray()));
    }
}
