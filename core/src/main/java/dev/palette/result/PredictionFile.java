package dev.palette.result;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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

    /** Whether a folder has it. */
    public boolean isIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(name() + "."));
        } catch (IOException e) {
            throw new PaletteException("cannot list the predictions in %s: %s".formatted(folder, e), e);
        }
    }

    /**
     * Writes it, each file whole or not at all.
     *
     * @param contents by the end of the file's name, as a dataset gives them
     * @throws PaletteException when the folder cannot be written
     */
    public void write(Path folder, Map<String, String> contents) {
        // In the order of their ends, "-nbest.json" before ".json": the one that isIn looks for comes last.
        new TreeMap<>(contents).forEach((ending, content) -> AtomicFile.writeText(in(folder, ending), content));
    }

    /** The file in a folder of predictions. */
    public Path in(Path folder, String ending) {
        return folder.resolve(name() + ending);
    }
}
