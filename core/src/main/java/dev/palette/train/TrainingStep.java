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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One step: loss of a batch, gradient of the parameters in play, update of those alone. Where memory does not suffice on any replica,
 * all of them divide the batch further and take the step again; no weight has moved by then.
 */
final class TrainingStep {
    private final BatchGradients gradients;
    private final WeightUpdate update;
    private final Communicator communicator;
    private final Ops ops;
    private final Standing standing;
    private final Consumer<String> messages;
    private final EngineMemory memory = new EngineMemory();
    private String lack = "another replica had none left";

    /**
     * The steps of one trial.
     *
     * @param standing says into how many parts batches are divided, and hears when it has to be more
     * @param messages hears that too
     */
    TrainingStep(
            BatchGradients gradients,
            WeightUpdate update,
            Replica replica,
            Standing standing,
            Consumer<String> messages) {
        this.gradients = gradients;
        this.update = update;
        this.communicator = replica.communicator();
        this.ops = replica.kernel().ops();
        this.standing = standing;
        this.messages = messages;
    }

    /**
     * Takes the next step.
     *
     * @return the batch's mean loss before it, a scalar on the device; to be closed by the caller
     * @throws PaletteException when memory does not suffice for a single example
     */
    NDArray take(Task task, Batch batch, Dropout dropout) {
        while (true) {
            try (NDManager scope = ops.scope().newSubManager()) {
                Optional<Share> share = share(task, batch, dropout, scope);
                if (!communicator.any(share.isEmpty())) {
                    return move(share.orElseThrow(), scope);
                }
            }
            memory.keepNothing();
            divideFurther(task, batch);
        }
    }

    /** All of a step that needs much memory; empty when there was not enough. */
    private Optional<Share> share(Task task, Batch batch, Dropout dropout, NDManager scope) {
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

    private NDArray move(Share share, NDManager scope) {
        communicator.allReduce(share.tensors(), ops.in(scope));
        update.apply(standing.done(), share.gradients(), ops.in(scope));
        share.loss().attach(ops.scope());
        return share.loss();
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
