package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.palette.kernel.Ops;
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
    private final MultiTaskModel model;
    private final ModelParameters parameters;
    private final WeightUpdate update;
    private final Ops ops;

    TrainingStep(MultiTaskModel model, ModelParameters parameters, WeightUpdate update, Ops ops) {
        this.model = model;
        this.parameters = parameters;
        this.update = update;
        this.ops = ops;
    }

    /**
     * Takes one step and gives the mean loss before it.
     *
     * @param parts the step's batch, in parts that are computed on one after the other; each counts as much as any other
     * @param dropout whether dropout is on
     */
    double take(long step, Task task, List<Batch> parts, boolean dropout) {
        try (NDManager scope = ops.scope().newSubManager()) {
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            double loss = 0;
            for (Batch part : parts) {
                loss += accumulate(gradients, task, part, parts.size(), dropout, scope);
            }
            update.apply(step, gradients, ops.in(scope));
            return loss;
        }
    }

    /** Adds a part's share of the gradients, and gives its share of the loss. */
    private double accumulate(
            Map<String, NDArray> gradients, Task task, Batch part, int parts, boolean dropout, NDManager scope) {
        try (NDManager inner = scope.newSubManager()) {
            Ops inPart = ops.in(inner);
            NDArray whole = loss(task, part, dropout, inPart);
            NDArray share = parts == 1 ? whole : whole.div(parts);
            gradients(share, task, inPart).forEach((name, gradient) -> {
                NDArray sum = gradients.get(name);
                if (sum == null) {
                    gradient.attach(scope);
                    gradients.put(name, gradient);
                } else {
                    sum.addi(gradient);
                }
            });
            return share.getFloat();
        }
    }

    /** Mean loss of a batch, a scalar that autograd remembers. */
    NDArray loss(Task task, Batch batch, boolean dropout, Ops inStep) {
        NDManager scope = inStep.scope();
        ModelInput input = ModelInput.of(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
        NDArray logits = model.logits(input, task.name(), dropout, inStep);
        return loss(task.loss(), logits, scope.create(batch.labels()), inStep);
    }

    private static NDArray loss(Loss loss, NDArray logits, NDArray labels, Ops ops) {
        return switch (loss) {
            case CROSS_ENTROPY -> ops.crossEntropy(logits, labels.toType(DataType.INT64, false));
            case MEAN_SQUARED_ERROR -> ops.meanSquaredError(logits, labels);
            case SPAN -> ops.spanLoss(logits, labels.reshape(-1, 2).toType(DataType.INT64, false));
        };
    }

    /** The gradient of each parameter in play, by name. */
    Map<String, NDArray> gradients(NDArray loss, Task task, Ops inStep) {
        List<String> names = parameters.inPlay(task.name()).stream()
                .filter(name -> model.reads(task.name(), name))
                .toList();
        List<NDArray> values =
                inStep.gradient(loss, names.stream().map(parameters::get).toList());
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            gradients.put(names.get(i), values.get(i));
        }
        return gradients;
    }
}
