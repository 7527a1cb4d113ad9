package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.EngineMemory;
import dev.palette.kernel.Ops;
import dev.palette.model.Dropout;
import dev.palette.spec.PaletteException;
import dev.palette.task.Batch;
import dev.palette.task.Task;
import dev.palette.train.BatchGradients.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One step: losses of its batches, gradient of the parameters in play, update of those alone. Where memory does not suffice for a batch on
 * any replica, all of them divide it further and compute it again; no weight has moved by then.
 */
final class TrainingStep {
    private final BatchGradients gradients;
    private final WeightUpdate update;
    private final StepBalance balance;
    private final Communicator communicator;
    private final Ops ops;
    private final Standing standing;
    private final Consumer<String> messages;
    private final EngineMemory memory = new EngineMemory();
    private String lack = "another replica had none left";

    /**
     * The steps of one trial.
     *
     * @param balance weighs the tasks of a step
     * @param standing says into how many parts batches are divided, and hears when it has to be more
     * @param messages hears that too
     */
    TrainingStep(
            BatchGradients gradients,
            WeightUpdate update,
            StepBalance balance,
            Replica replica,
            Standing standing,
            Consumer<String> messages) {
        this.gradients = gradients;
        this.update = update;
        this.balance = balance;
        this.communicator = replica.communicator();
        this.ops = replica.kernel().ops();
        this.standing = standing;
        this.messages = messages;
    }

    /**
     * Takes the next step.
     *
     * @param batches what it computes on, one or more
     * @param dropouts one for each
     * @param seed of what the balancing draws
     * @return each batch's mean loss before the step, a scalar on the device; to be closed by the caller
     * @throws PaletteException when memory does not suffice for a single example
     */
    List<NDArray> take(List<UpcomingSteps.Input> batches, List<Dropout> dropouts, long seed) {
        try (NDManager scope = ops.scope().newSubManager()) {
            StepSum sum = balance.begin(batches, scope);
            List<NDArray> losses = new ArrayList<>();
            for (int i = 0; i < batches.size(); i++) {
                Task task = batches.get(i).task().task();
                Share share = share(task, batches.get(i).batch(), dropouts.get(i), scope);
                communicator.allReduce(share.tensors(), ops.in(scope));
                share.loss().attach(ops.scope());
                losses.add(share.loss());
                sum.add(task.name(), balance.part(task.name(), batches), share.loss(), share.gradients());
            }
            Map<String, NDArray> gradients = balance.end(sum, seed, ops.in(scope));
            update.apply(standing.done(), gradients, ops.in(scope));
            return losses;
        }
    }

    private Share share(Task task, Batch batch, Dropout dropout, NDManager scope) {
        while (true) {
            try (NDManager attempt = scope.newSubManager()) {
                Optional<Share> share = attempt(task, batch, dropout, attempt);
                if (!communicator.any(share.isEmpty())) {
                    share.orElseThrow().tensors().forEach(tensor -> tensor.attach(scope));
                    return share.orElseThrow();
                }
            }
            memory.keepNothing();
            divideFurther(task, batch);
        }
    }

    /** All of a batch that needs much memory; empty when there was not enough. */
    private Optional<Share> attempt(Task task, Batch batch, Dropout dropout, NDManager scope) {
        try {
            Share share = gradients.share(task, batch, parts(), dropout, scope);
            update.prepare(share.gradients().keySet());
            return Optional.of(share);
        } catch (RuntimeException e) {
            if (!EngineMemory.isLack(e)) {
                throw e;
            }
            lack = String.valueOf(e.getMessage()).strip();
            return Optional.empty(); // what was made so far is in the scope, which is closed next
        }
    }

    /** Parts that a batch is divided into now: as many for every replica. */
    private int parts() {
        int replicas = communicator.size();
        return (standing.parts() + replicas - 1) / replicas * replicas;
    }

    private void divideFurther(Task task, Batch batch) {
        int most = (batch.rows() + parts() - 1) / parts();
        if (most == 1) {
            throw new PaletteException(
                    "memory does not suffice to train on one example at a time (task '%s', up to %d word pieces); lower train.maxLength, set train.recompute to true, or free memory. The engine says: %s"
                            .formatted(task.name(), batch.width(), lack));
        }
        standing.divided(2 * parts());
        messages.accept("memory does not suffice for %d examples at a time; from step %d on a batch has %d parts"
                .formatted(most, standing.done() + 1, standing.parts()));
    }
}
