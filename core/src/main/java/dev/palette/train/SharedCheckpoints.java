package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.adapter.Declaration;
import dev.palette.kernel.Ops;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A trial's checkpoints as its replicas share them: rank 0 writes and reads, and hands on to the others what it has read. */
final class SharedCheckpoints {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Checkpoints checkpoints;
    private final Replica replica;
    private final WeightUpdate update;

    SharedCheckpoints(Checkpoints checkpoints, Replica replica, WeightUpdate update) {
        this.checkpoints = checkpoints;
        this.replica = replica;
        this.update = update;
    }

    /** Whether one is to be written now; on rank 0, by whose clock it goes. */
    boolean isDue(long step) {
        return leads() && checkpoints.isDue(step);
    }

    /** Writes what training continues from. */
    void save(TrainingState state) {
        if (leads()) {
            checkpoints.save(state);
        }
    }

    /** Writes the weights of the best evaluation so far; on rank 0. */
    void saveBest(TrainingState state) {
        checkpoints.saveBest(state);
    }

    /** Puts the newest whole checkpoint's weights and moments in place, on every rank. */
    Optional<TrainingState> restore() {
        return handOn(leads() ? checkpoints.restore() : Optional.empty());
    }

    /** Puts the weights and moments of one step's checkpoint in place, on every rank, and drops later ones. */
    Optional<TrainingState> goBack(long step) {
        return handOn(leads() ? checkpoints.goBack(step) : Optional.empty());
    }

    /** The weights of the best evaluation put in place, on every rank. */
    void restoreBest(long step) {
        if (leads()) {
            checkpoints.restoreBest(step);
        }
        handOn(weights());
    }

    private boolean leads() {
        return replica.communicator().leads();
    }

    private Optional<TrainingState> handOn(Optional<TrainingState> read) {
        if (replica.communicator().size() == 1) {
            return read;
        }
        try {
            byte[] sent = replica.communicator().broadcast(JSON.writeValueAsBytes(read.orElse(null)));
            Optional<TrainingState> state = Optional.ofNullable(JSON.readValue(sent, TrainingState.class));
            state.ifPresent(this::handOnTensors);
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException("a state in memory is always JSON", e);
        }
    }

    private void handOnTensors(TrainingState state) {
        if (!leads()) {
            update.forget();
            Map<String, AdamState> untouched = new LinkedHashMap<>();
            state.updates()
                    .forEach((name, updates) -> untouched.put(
                            name,
                            AdamState.restored(
                                    AdamState.untouched(
                                                    replica.parameters().get(name),
                                                    replica.kernel().memory())
                                            .moments(),
                                    updates)));
            update.restore(untouched);
        }
        List<NDArray> tensors = weights();
        new TreeMap<>(update.states()).values().forEach(adam -> {
            tensors.add(adam.moments().mean());
            tensors.add(adam.moments().square());
        });
        handOn(tensors);
    }

    private List<NDArray> weights() {
        List<NDArray> tensors = new ArrayList<>();
        for (Declaration declaration : replica.parameters().declarations()) {
            tensors.add(replica.parameters().get(declaration.name()));
        }
        return tensors;
    }

    private void handOn(List<NDArray> tensors) {
        Ops ops = replica.kernel().ops();
        try (NDManager scope = ops.scope().newSubManager()) {
            replica.communicator().broadcast(tensors, ops.in(scope));
        }
    }
}
