package dev.palette.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One split as the model reads it, and what judges the model's answers. An example here is what the head gives one row of values
 * for: a text, a pair, a set of choices, or one of the windows that a long text is cut into. Several threads may take batches.
 */
public interface Dataset {
    /** The number of examples. */
    default int size() {
        return lengths().length;
    }

    /**
     * The number of texts, pairs or questions that the examples are made of: what people count and hold out. Other than {@link
     * #size} where one of them is cut into windows.
     */
    default int items() {
        return size();
    }

    /**
     * Some of the {@linkplain #items texts, pairs or questions}, in the given order; {@link #remarks} are not repeated.
     *
     * @param items their indices
     */
    Dataset select(int[] items);

    /** What a person should hear of how they were read, a line each, e.g. that broken rows were left out. */
    default List<String> remarks() {
        return List.of();
    }

    /** (n) the word pieces of each example. */
    int[] lengths();

    /** The examples with the given indices, in that order, padded to the longest of them. */
    Batch batch(int[] indices);

    /**
     * (items) the class of each of the {@linkplain #items texts, pairs or questions}, where a part of them is to have every class in
     * proportion; by default all are of one.
     */
    default int[] classes() {
        return new int[items()];
    }

    /** The outputs of a model that says the same of every example, whatever its text. */
    default Outputs constant(float[] row) {
        return Outputs.constant(row, size());
    }

    /** The same as {@link Examples#commonest} of the texts. */
    default Optional<float[]> commonest() {
        return Optional.empty();
    }

    /**
     * The task's metrics over the whole split, which must have labels.
     *
     * @param outputs of every example
     */
    Scores scores(Outputs outputs);

    /**
     * What the model predicts, as files.
     *
     * @param outputs of every example
     * @return content by the end of a file's name, e.g. {@code .tsv}
     */
    Map<String, String> predictions(Outputs outputs);

    /**
     * What the model answers, for each of the {@linkplain #items texts, pairs or questions}.
     *
     * @param outputs of every example
     * @throws UnsupportedOperationException when the dataset is of a task that cannot be {@linkplain Task#asked asked}; by default
     */
    default List<Prediction> answers(Outputs outputs) {
        throw new UnsupportedOperationException("the examples have no answers");
    }

    /** All that {@link DatasetForm#dataset} needs to make the same dataset; empty where it is not to be kept on disk. */
    default Optional<DatasetArrays> arrays() {
        return Optional.empty();
    }
}
