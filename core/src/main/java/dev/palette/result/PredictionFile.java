package dev.palette.result;

import dev.palette.task.Split;
import java.nio.file.Path;

/**
 * What a model predicts for one split of a task, as files in a folder {@code predictions}: {@code cola-dev.tsv},
 * {@code mnli-mm-test.tsv}.
 *
 * @param task the task's name, for GLUE's as the original code names them
 * @param split which of its splits; not the training examples, which nobody predicts
 */
public record PredictionFile(String task, Split split) {
    /** The end of the name of a table: an example a row. */
    public static final String TABLE = ".tsv";

    /** Refuses the training examples. */
    public PredictionFile {
        if (split == Split.TRAIN) {
            throw new IllegalArgumentException("training examples are not predicted");
        }
    }

    /** The file's name without its end. MNLI's second sets have the task's name with {@code -mm}, as in tables. */
    public String name() {
        boolean mismatched = split == Split.DEV_MISMATCHED || split == Split.TEST_MISMATCHED;
        return task + (mismatched ? "-mm" : "") + (isTest() ? "-test" : "-dev");
    }

    /** Whether the examples have no labels. */
    public boolean isTest() {
        return split == Split.TEST || split == Split.TEST_MISMATCHED;
    }

    /** The file in a folder of predictions. */
    public Path in(Path folder, String ending) {
        return folder.resolve(name() + ending);
    }
}
