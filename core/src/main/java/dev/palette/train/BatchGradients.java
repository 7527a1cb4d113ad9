package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.palette.kernel.Ops;
import dev.palette.model.Dropout;
import dev.palette.model.ForwardPass;
import dev.palette.model.ModelInput;
import dev.palette.task.Batch;
import dev.palette.task.Loss;
import dev.palette.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean loss of a batch and its gradient, found part by part: one part's activations are in memory at a time. The parts of all
 * replicas together give what the whole batch gives, whatever their number.
 */
final class BatchGradients {
    /** Stages of a model are fewer: each part of a step draws its dropout from seeds of its own. */
    private static final int SEEDS_A_PART = 1 << 16;

    private final Training plan;
    private final Replica replica;
    private final Backpropagation backpropagation;
    private final Map<String, FrozenOutputs> frozen;

    /**
     * Those of one trial.
     *
     * @param frozen what frozen stages made of the tasks' examples, where that is kept
     */
    BatchGradients(Training plan, Replica replica, Map<String, FrozenOutputs> frozen) {
        this.plan = plan;
        this.replica = replica;
        this.backpropagation = new Backpropagation(replica.parameters(), plan.recompute());
        this.frozen = Map.copyOf(frozen);
    }

    /**
     * What one replica contributes to a batch's loss and gradient; the sum over the replicas is the batch's.
     *
     * @param loss a scalar
     * @param gradients of each parameter in play, in one order on all replicas
     */
    record Share(NDArray loss, Map<String, NDArray> gradients) {
        List<NDArray> tensors() {
            List<NDArray> all = new ArrayList<>(gradients.values());
            all.add(loss);
            return all;
        }
    }

    /**
     * This replica's share: every so-many-th part. What a part drops out hangs on its place in the batch, not on who computes it.
     *
     * @param parts as many as the batch is divided into
     * @param scope where the share is kept
     */
    Share share(Task task, Batch batch, int parts, Dropout dropout, NDManager scope) {
        List<String> names = inPlay(task);
        Map<String, NDArray> sums = new LinkedHashMap<>();
        NDArray loss = scope.zeros(new Shape());
        List<Batch> all = batch.parts(parts);
        Communicator communicator = replica.communicator();
        for (int i = communicator.rank(); i < all.size(); i += communicator.size()) {
            Dropout ofPart = new Dropout(dropout.on(), dropout.seed() + (long) i * SEEDS_A_PART, dropout.from());
            try (NDManager inner = scope.newSubManager()) {
                Ops ops = replica.kernel().ops().in(inner);
                Backpropagation.Result found = differentiate(task, all.get(i), batch, ofPart, ops);
                loss.addi(found.value().stopGradient());
                found.gradients().forEach((name, gradient) -> add(sums, name, gradient, scope));
            }
        }
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        names.forEach(name -> gradients.put(name, sums.computeIfAbsent(name, n -> zeros(n, scope))));
        return new Share(loss, gradients);
    }

    private static void add(Map<String, NDArray> sums, String name, NDArray gradient, NDManager scope) {
        NDArray sum = sums.get(name);
        if (sum == null) {
            gradient.attach(scope);
            sums.put(name, gradient);
        } else {
            sum.addi(gradient);
        }
    }

    /** The gradient of a replica that has no part of a step. */
    private NDArray zeros(String name, NDManager scope) {
        return scope.zeros(replica.parameters().get(name).getShape());
    }

    private List<String> inPlay(Task task) {
        return replica.parameters().inPlay(task.name()).stream()
                .filter(name -> replica.model().reads(task.name(), name))
                .toList();
    }

    /** What a part contributes to its batch's mean loss, and that contribution's gradient of each parameter in play. */
    Backpropagation.Result differentiate(Task task, Batch part, Batch whole, Dropout dropout, Ops ops) {
        List<String> names = inPlay(task);
        int below = plan.cacheFrozen()
                ? replica.model().stagesBelow(task.name(), replica.parameters().trainable(task.name()))
                : 0;
        ModelInput input = plan.padding().input(part, plan.maxLength(), ops.scope());
        ForwardPass pass = replica.model().pass(input, task.name(), dropout.above(below));
        NDArray labels = ops.scope().create(part.labels());
        FrozenOutputs kept = frozen.get(task.name());
        return backpropagation.of(
                kept == null ? pass : pass.from(below, kept.of(part, ops)),
                (logits, within) -> contribution(task.loss(), part, whole, logits, labels, within),
                names,
                ops);
    }

    private static NDArray contribution(Loss loss, Batch part, Batch whole, NDArray logits, NDArray labels, Ops ops) {
        return switch (loss) {
            case CROSS_ENTROPY -> share(ops.crossEntropy(logits, labels.toType(DataType.INT64, false)), part, whole);
            case MEAN_SQUARED_ERROR -> share(ops.meanSquaredError(logits, labels), part, whole);
            case SPAN -> {
                long width = logits.getShape().get(1);
                NDArray positions = labels.reshape(-1, 2).toType(DataType.INT64, false);
                yield ops.spanLoss(logits, positions, inside(whole, 0, width), inside(whole, 1, width));
            }
            case TOKENS -> ops.tokenLoss(logits, ofTokens(part, logits, labels), labelled(whole));
        };
    }

    /** The labels as wide as the logits, which may be padded further than the batch: (B, T) int64. */
    private static NDArray ofTokens(Batch part, NDArray logits, NDArray labels) {
        long width = logits.getShape().get(1);
        NDArray given = labels.reshape(part.rows(), -1).toType(DataType.INT64, false);
        long known = given.getShape().get(1);
        return known == width
                ? given
                : given.concat(
                        labels.getManager()
                                .full(new Shape(part.rows(), width - known), (int) Loss.UNLABELLED)
                                .toType(DataType.INT64, false),
                        1);
    }

    /** How many word pieces of a batch have a label. */
    private static int labelled(Batch batch) {
        int count = 0;
        for (float label : batch.labels()) {
            count += label == Loss.UNLABELLED ? 0 : 1;
        }
        return count;
    }

    /** The mean over a part, with the weight of its examples among the whole batch's. */
    private static NDArray share(NDArray mean, Batch part, Batch whole) {
        return part.rows() == whole.rows() ? mean : mean.mul((double) part.rows() / whole.rows());
    }

    /** How many of a batch's spans start (0) or end (1) inside their sequences: over those its mean is taken. */
    private static int inside(Batch batch, int startOrEnd, long width) {
        int count = 0;
        for (int i = startOrEnd; i < batch.labels().length; i += 2) {
            count += batch.labels()[i] < width ? 1 : 0;
        }
        return count;
    }
}
