package dev.palette.result;

import dev.palette.task.Split;
import java.nio.file.Path;

/**
 * The file of one task's predictions on one split, in a folder {@code predictions}: {@code cola-dev.tsv}, {@code mnli-mm-test.tsv}.
 *
 * @param task the task's name, as the original code names GLUE's
 * @param split which of its splits; one with a file of predictions
 */
public record PredictionFile(String task, Split split) {
    private static final String MISMATCHED = "-mm";

    /** Nobody predicts the examples that a model was trained on. */
    public PredictionFile {
        if (split == Split.TRAIN) {
            throw new IllegalArgumentException("training examples are not predicted");
        }
    }

    /** The file's name. MNLI's second sets have the task's name with {@code -mm}, as its columns in tables do. */
    public String name() {
        return switch (split) {
            case DEV -> task + "-dev.tsv";
            case DEV_MISMATCHED -> task + MISMATCHED + "-dev.tsv";
            case TEST -> task + "-test.tsv";
            case TEST_MISMATCHED -> task + MISMATCHED + "-test.tsv";
            case TRAIN -> throw new IllegalStateException("refused when made");
        };
    }

    /** The file in a folder of predictions. */
    public Path in(Path folder) {
        return folder.resolve(name());
    }
}
