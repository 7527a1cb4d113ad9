package dev.palette.task.squad;

import dev.palette.task.DatasetArrays;
import dev.palette.task.DatasetForm;
import dev.palette.text.Vocabulary;
import java.util.function.Supplier;

/**
 * Datasets of windows. Kept are the windows; the questions, which only scores and predictions look at, are read from their file
 * when they are wanted.
 *
 * @param task how passages are cut
 * @param purpose what the windows are for: all are predicted, some are trained on
 * @param questions reads the file
 */
record SpanForm(Squad task, String purpose, Supplier<Questions> questions) implements DatasetForm {
    /** The task as it prints itself: what is added to it is in the key by itself. */
    @Override
    public String key() {
        return "windows to " + purpose + " " + task;
    }

    @Override
    public SpanDataset dataset(DatasetArrays arrays, Supplier<Vocabulary> vocabulary) {
        return SpanDataset.of(new AnswerKey(task, questions, vocabulary), WindowArrays.of(arrays), arrays.remarks());
    }
}
