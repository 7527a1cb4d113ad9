package dev.palette.task;

import java.util.Map;

/**
 * One split as the model reads it, and what judges the model's answers. An example here is what the head gives one row of values
 * for: a text, a pair, a set of choices, or one of the windows that a long text is cut into.
 */
public interface Dataset {
    /** The number of examples. */
    default int size() {
        return lengths().length;
    }

    /** (n) the word pieces of each example. */
    int[] lengths();

    /** The examples with the given indices, in that order, padded to the longest of them. */
    Batch batch(int[] indices);

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
}
