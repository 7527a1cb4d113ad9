package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.palette.kernel.Ops;
import dev.palette.model.Dropout;
import dev.palette.model.ForwardPass;
import dev.palette.model.ModelInput;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.task.Batch;
import dev.palette.task.Loss;
import dev.palette.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step: loss of a batch, gradient of the parameters in play, update of those alone. */
final class TrainingStep {
    /** Stages of a model are fewer: each part of a step draws its dropout from seeds of its own. */
    private static final int SEEDS_A_PART = 1 << 16;

    private final Training plan;
    private final MultiTaskModel model;
    private final ModelParameters parameters;
    private final WeightUpdate update;
    private final Backpropagation backpropagation;
    private final Map<String, FrozenOutputs> frozen;
    private final Ops ops;

    /**
     * The steps of one trial.
     *
     * @param frozen what frozen stages made of the tasks' examples, where that is kept
     */
    TrainingStep(
            Training plan,
            MultiTaskModel model,
            ModelParameters parameters,
            WeightUpdate update,
            Map<String, FrozenOutputs> frozen,
            Ops ops) {
        this.plan = plan;
        this.model = model;
        this.parameters = parameters;
        this.update = update;
        this.backpropagation = new Backpropagation(parameters, plan.recompute());
        this.frozen = Map.copyOf(frozen);
        this.ops = ops;
    }

    /**
     * Takes one step and gives the mean loss before it.
     *
     * @param parts the step's batch, in parts that are computed on one after the other; each counts as much as any other
     */
    double take(long step, Task task, List<Batch> parts, Dropout dropout) {
        try (NDManager scope = ops.scope().newSubManager()) {
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            double loss = 0;
            for (int i = 0; i < parts.size(); i++) {
                Dropout ofPart = new Dropout(dropout.on(), dropout.seed() + (long) i * SEEDS_A_PART, dropout.from());
                loss += accumulate(gradients, task, parts.get(i), parts.size(), ofPart, scope);
            }
            update.apply(step, gradients, ops.in(scope));
            return loss;
        }
    }

    /** Adds a part's share of the gradients, and gives its share of the loss. */
    private double accumulate(
            Map<String, NDArray> gradients, Task task, Batch part, int parts, Dropout dropout, NDManager scope) {
        try (NDManager inner = scope.newSubManager()) {
            Backpropagation.Result found = differentiate(task, part, parts, dropout, ops.in(inner));
            found.gradients().forEach((name, gradient) -> {
                NDArray sum = gradients.get(name);
                if (sum == null) {
                    gradient.attach(scope);
                    gradients.put(name, gradient);
                } else {
                    sum.addi(gradient);
                }
            });
            return found.value().getFloat();
        }
    }

    /**
     * A part's share of a batch's mean loss, and that share's gradient of each parameter in play.
     *
     * @param parts the number of equal parts in the batch
     */
    Backpropagation.Result differentiate(Task task, Batch part, int parts, Dropout dropout, Ops ops) {
        List<String> names = parameters.inPlay(task.name()).stream()
                .filter(name -> model.reads(task.name(), name))
                .toList();
        int below = plan.cacheFrozen() ? model.stagesBelow(task.name(), names) : 0;
        ModelInput input = plan.padding().input(part, plan.maxLength(), ops.scope());
        ForwardPass pass = model.pass(input, task.name(), dropout.above(below));
        NDArray labels = ops.scope().create(part.labels());
        FrozenOutputs kept = frozen.get(task.name());
        return backpropagation.of(
                kept == null ? pass : pass.from(below, kept.of(part, ops)),
                (logits, within) -> {
                    NDArray whole = loss(task.loss(), logits, labels, within);
                    return parts == 1 ? whole : whole.div(parts);
                },
                names,
                ops);
    }

    private static NDArray loss(Loss loss, NDArray logits, NDArray labels, Ops ops) {
        return switch (loss) {
            case CROSS_ENTROPY -> ops.crossEntropy(logits, labels.toType(DataType.INT64, false));
            case MEAN_SQUARED_ERROR -> ops.meanSquaredError(logits, labels);
            case SPAN -> ops.spanLoss(logits, labels.reshape(-1, 2).toType(DataType.INT64, false));
        };
    }
}
