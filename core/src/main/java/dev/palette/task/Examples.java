package dev.palette.task;

import dev.palette.text.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One split of a task as its file has it. */
public interface Examples {
    /** The number of examples; at least one. */
    int size();

    /** How often each label occurs, in the task's order; empty, by default, where labels are no classes or there are none. */
    default Map<String, Long> labelCounts() {
        return Map.of();
    }

    /** The labels that are scores; none by default. */
    default double[] scores() {
        return new double[0];
    }

    /**
     * What each example consists of beside its label, by which two are told to be the same; empty, by default, where nobody can tell.
     */
    default List<String> contents() {
        return List.of();
    }

    /** What a person should hear of how they were read, a line each, e.g. that broken rows were left out. */
    default List<String> remarks() {
        return List.of();
    }

    /**
     * The examples as the model reads them to predict.
     *
     * @param maxLength longest sequence in word pieces, special tokens counted
     */
    Dataset encode(Tokenizer tokenizer, int maxLength);

    /** The examples as the model reads them in training, where that is not all of what it reads to predict. */
    default Dataset encodeToTrain(Tokenizer tokenizer, int maxLength) {
        return encode(tokenizer, maxLength);
    }

    /**
     * The one output, best for these examples, that a model gives that looks at no text; empty where nothing can be said without
     * looking, as of where in a text an answer is.
     */
    default Optional<float[]> commonest() {
        return Optional.empty();
    }
}
