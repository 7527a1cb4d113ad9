package dev.palette.task;

import dev.palette.text.Vocabulary;
import java.util.function.Supplier;

/** How a task makes a dataset again from what {@link Dataset#arrays} gave, so that nobody need read or tokenise its file. */
public interface DatasetForm {
    /**
     * Everything of the task that the arrays depend on beside the file's content, the vocabulary and the longest sequence:
     * columns, labels, the sizes of windows. Arrays kept under another key are of no use.
     */
    String key();

    /**
     * The dataset that the arrays are of.
     *
     * @param vocabulary of the tokenizer; not read before it is asked for
     * @throws dev.palette.spec.PaletteException when they are of no such dataset
     */
    Dataset dataset(DatasetArrays arrays, Supplier<Vocabulary> vocabulary);
}
