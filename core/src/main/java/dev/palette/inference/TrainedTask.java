package dev.palette.inference;

import dev.palette.task.Prediction;
import dev.palette.task.Task;
import java.util.Collection;
import java.util.List;

/** One task of a {@link TrainedModel}. */
public final class TrainedTask {
    private final TrainedModel model;
    private final Task task;

    TrainedTask(TrainedModel model, Task task) {
        this.model = model;
        this.task = task;
    }

    /** Its name. */
    public String name() {
        return task.name();
    }

    /**
     * What the model answers about one example.
     *
     * @param texts as in the task's files: a text, a pair, or a question and the passage that answers it
     * @throws dev.palette.spec.PaletteException when the task's examples have more or fewer texts
     */
    public Prediction predict(String... texts) {
        return predictAll(List.of(List.of(texts))).get(0);
    }

    /**
     * The same for many examples, in batches: faster than one by one.
     *
     * @return an answer each, in order
     */
    public List<Prediction> predictAll(Collection<List<String>> examples) {
        return model.answers(task, List.copyOf(examples));
    }
}
