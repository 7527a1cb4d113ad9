package dev.palette.inference;

import dev.palette.execution.LoadedModel;
import dev.palette.spec.NearestWord;
import dev.palette.task.Prediction;
import dev.palette.task.Task;
import java.util.List;

/**
 * A trained model that answers. Several threads may ask it; one is answered at a time, with all of the machine's threads that the run
 * was made with. It holds native memory, as much as its weights take, until it is closed.
 */
public final class TrainedModel implements AutoCloseable {
    private final LoadedModel model;
    private boolean closed;

    TrainedModel(LoadedModel model) {
        this.model = model;
    }

    /** The names of the tasks that it was trained on, in order. */
    public List<String> tasks() {
        return model.tasks().stream().map(Task::name).toList();
    }

    /**
     * The part of the model that answers for one task.
     *
     * @throws dev.palette.spec.PaletteException when it was not trained on such a task
     */
    public TrainedTask task(String name) {
        Task found = model.tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> NearestWord.unknown("task", name, tasks()));
        return new TrainedTask(this, found);
    }

    synchronized List<Prediction> answers(Task task, List<List<String>> texts) {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        return model.answers(task, texts);
    }

    /** Frees the model's memory, when the answer that is being given is given. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            model.close();
        }
    }
}
