package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Moments;
import dev.palette.kernel.Ops;
import dev.palette.model.ModelParameters;
import dev.palette.model.TensorView;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.train.CheckpointFolder.Checkpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves a trial's tensors between memory and its {@link CheckpointStore}, and knows when it is time to. */
final class Checkpoints {
    private static final String MEAN = "mean.";
    private static final String SQUARE = "square.";

    private final CheckpointStore store;
    private final ModelParameters parameters;
    private final WeightUpdate update;
    private final Ops ops;
    private long savedAt = System.nanoTime();
    private @Nullable TrainingState saved;

    Checkpoints(CheckpointStore store, ModelParameters parameters, WeightUpdate update, Ops ops) {
        this.store = store;
        this.parameters = parameters;
        this.update = update;
        this.ops = ops;
    }

    /** Whether a checkpoint is to be written now: the step's number or the clock says so. */
    boolean isDue(long step) {
        CheckpointPlan plan = store.plan();
        return plan.isNumbered(step)
                || System.nanoTime() - savedAt >= plan.interval().toNanos();
    }

    /** Writes a checkpoint, unless that of this very state is there. */
    void save(TrainingState state) {
        if (state.equals(saved)) {
            return;
        }
        try (NDManager host = ops.scope().newSubManager()) {
            List<TensorData> moments = new ArrayList<>();
            update.states().forEach((name, adam) -> {
                moments.add(TensorView.of(MEAN + name, adam.moments().mean(), host));
                moments.add(TensorView.of(SQUARE + name, adam.moments().square(), host));
            });
            store.save(state, parameters.snapshot(host), moments);
        }
        savedAt = System.nanoTime();
        saved = state;
    }

    void saveBest(TrainingState state) {
        try (NDManager host = ops.scope().newSubManager()) {
            store.saveBest(state, parameters.snapshot(host));
        }
    }

    /** Weights and moments of the newest whole checkpoint put in place, and the state that goes with them. */
    Optional<TrainingState> restore() {
        return store.latest().map(this::restore);
    }

    /**
     * Weights and moments of one step's checkpoint put in place; later ones are dropped.
     *
     * @return the state that goes with them; empty where the checkpoint is missing or damaged
     */
    Optional<TrainingState> goBack(long step) {
        Optional<TrainingState> state = store.at(step).map(this::restore);
        store.dropAfter(step);
        return state;
    }

    private TrainingState restore(Checkpoint latest) {
        try (Checkpoint checkpoint = latest) {
            parameters.overwrite(checkpoint.weights(), ops);
            SafetensorsFile moments = checkpoint.optimizer().orElseThrow();
            update.forget(); // first, for their memory
            Map<String, AdamState> states = new LinkedHashMap<>();
            checkpoint.state().updates().forEach((name, updates) -> {
                NDArray mean = tensor(moments.tensor(MEAN + name));
                NDArray square = tensor(moments.tensor(SQUARE + name));
                states.put(name, AdamState.restored(new Moments(mean, square), updates));
            });
            update.restore(states);
            saved = checkpoint.state();
            return checkpoint.state();
        }
    }

    /** The weights of the best evaluation put in place. */
    void restoreBest(long step) {
        try (Checkpoint best = store.bestOf(step)
                .orElseThrow(() -> new PaletteException(
                        "the weights of the best evaluation, at step %d, are missing or damaged; run the trial again to go on from an earlier checkpoint"
                                .formatted(step)))) {
            parameters.overwrite(best.weights(), ops);
        }
    }

    private NDArray tensor(TensorData values) {
        return TensorView.copy(values, ops.scope());
    }
}
