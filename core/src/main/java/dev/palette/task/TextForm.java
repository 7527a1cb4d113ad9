package dev.palette.task;

import dev.palette.text.Vocabulary;
import java.util.List;
import java.util.function.Supplier;

/**
 * Datasets of labelled texts out of one kind of file.
 *
 * @param columns where in a file what is read stands, as text
 * @param target what the labels are
 * @param metrics how predictions are scored
 * @param perExample sequences of each example: its choices, else 1
 */
public record TextForm(String columns, Target target, List<? extends PairedMetric> metrics, int perExample)
        implements DatasetForm {
    /** The records as they print themselves: what is added to one of them is in the key by itself. */
    @Override
    public String key() {
        return "texts " + columns + " " + target;
    }

    @Override
    public TextDataset dataset(DatasetArrays arrays, Supplier<Vocabulary> vocabulary) {
        return TextDataset.of(target, metrics, arrays, perExample);
    }
}
