package dev.palette.task;

import dev.palette.spec.Description;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Something to be learnt, as a script describes it: {@code glue.cola}. Immutable; says what kind of head it needs, by which loss it is
 * learnt and where its {@link Examples} are, and knows nothing of models. How outputs become predictions and scores, the
 * examples' {@link Dataset} knows.
 *
 * <p>A new task of texts or pairs implements {@link TextTask} and reads {@link LabelledTexts}; nothing else is needed.
 */
public interface Task extends Description {
    /** Unique in an experiment; names the head, the column and the folder of predictions. */
    String name();

    /** What the model must give for each example. */
    Head head();

    /** What training makes small. */
    Loss loss();

    /** How predictions are scored, the most important first. */
    List<? extends Metric> metrics();

    /** The labelled splits that are reported, in the order of their columns; none for a {@linkplain #testOnly test-only} task. */
    List<Evaluation> evaluations();

    /**
     * The files the task is read from. They need not exist; whoever fingerprints a run's data takes those that do.
     *
     * @param dataDirectory the folder that holds every task's folder
     */
    Map<Split, Path> files(Path dataDirectory);

    /**
     * The examples of one split.
     *
     * @param dataDirectory the folder that holds every task's folder
     * @throws PaletteException when the task has no such split, or its file is missing, malformed or empty
     */
    Examples read(Split split, Path dataDirectory);

    /**
     * How a split's datasets are kept on disk once they are tokenised; empty, by default, where they are tokenised every time.
     *
     * @param dataDirectory the folder that holds every task's folder
     */
    default Optional<DatasetForm> form(Split split, Path dataDirectory) {
        return Optional.empty();
    }

    /** The same for the training split {@linkplain Examples#encodeToTrain as it is trained on}. */
    default Optional<DatasetForm> formToTrain(Path dataDirectory) {
        return form(Split.TRAIN, dataDirectory);
    }

    /**
     * Examples without labels that somebody asks a model about.
     *
     * @param texts what each consists of, as the task's files have it: a text, or a pair, or a question and the passage that answers it
     * @throws PaletteException when an example has more or fewer texts than the task's have, or the task can't be asked so
     */
    default Examples asked(List<List<String>> texts) {
        throw new PaletteException("task '%s' can be asked about no texts but those of its files".formatted(name()));
    }

    /** Test-only tasks that this task's head answers: what probes a model that learnt this. None, by default. */
    default List<Task> probes() {
        return List.of();
    }

    /** How many of the training examples are trained on, drawn as {@link TrainExamples} says; null, by default, for all. */
    default @Nullable Integer trainExamples() {
        return null;
    }

    /** How many training examples the published data have, of which perhaps not all are at hand; empty for data of one's own. */
    default OptionalInt officialExamples() {
        return OptionalInt.empty();
    }

    /** What a reader of a table must know of how the task is learnt and scored, a sentence each. */
    default List<String> remarks() {
        Integer few = trainExamples();
        return few == null
                ? List.of()
                : List.of("%s: trained on %,d of its training examples, other ones for each seed."
                        .formatted(name(), few));
    }

    /**
     * Which edition of its published data the task is read from, as tables of references name it, e.g. {@code GLUE v1}; empty, by default,
     * for data of one's own, whose scores cannot be compared with anybody's.
     */
    default Optional<String> version() {
        return Optional.empty();
    }

    /**
     * The task with what only its files tell, such as the classes that their labels are; this task itself, by default, where nothing is to
     * be learnt from them.
     *
     * @param dataDirectory the folder that holds every task's folder; null where none is set
     * @throws PaletteException when the files are not there, or not what the task needs
     */
    default Task readFrom(@Nullable Path dataDirectory) {
        return this;
    }

    /** Whether the task has no training examples: it can be listed and predicted, not trained on. */
    default boolean testOnly() {
        return evaluations().isEmpty();
    }
}
