package dev.palette.task;

import dev.palette.text.Vocabulary;
import java.util.List;
import java.util.function.Supplier;

/**
 * Datasets of labelled texts out of one kind of file.
 *
 * @param layout the file's columns
 * @param target what the labels are
 * @param metrics how predictions are scored
 */
record TextForm(TsvLayout layout, Target target, List<? extends PairedMetric> metrics) implements DatasetForm {
    /** The records as they print themselves: what is added to one of them is in the key by itself. */
    @Override
    public String key() {
        return "texts " + layout + " " + target;
    }

    @Override
    public TextDataset dataset(DatasetArrays arrays, Supplier<Vocabulary> vocabulary) {
        return TextDataset.of(target, metrics, arrays);
    }
}
