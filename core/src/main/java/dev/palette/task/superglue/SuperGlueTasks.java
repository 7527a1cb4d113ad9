package dev.palette.task.superglue;

import dev.palette.spec.Word;
import dev.palette.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The words that SuperGLUE contributes, and the group of them that papers use. */
public final class SuperGlueTasks {
    private SuperGlueTasks() {}

    /** A word for each data set: superglue.boolq, superglue.cb, and so on for copa, multirc, record, rte, wic and wsc. */
    public static Map<String, Word<Task>> words() {
        Map<String, Word<Task>> words = new TreeMap<>();
        for (SuperGlueLayout layout : SuperGlueLayout.values()) {
            words.put(of(layout).word(), new Word<>(SuperGlueTask.class, () -> new SuperGlueTask.Options(layout)));
        }
        return words;
    }

    /** The task as SuperGLUE has it, every option at its default. */
    public static Task of(SuperGlueLayout layout) {
        return new SuperGlueTask.Options(layout).build();
    }

    /** All eight, in the order of the leaderboard's columns. RTE has GLUE's name: an experiment with both renames one. */
    public static List<Task> eight() {
        return Arrays.stream(SuperGlueLayout.values()).map(SuperGlueTasks::of).toList();
    }
}
