package dev.palette.execution;

import dev.palette.result.PredictionFile;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetStore;
import dev.palette.task.Evaluation;
import dev.palette.task.Split;
import dev.palette.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One split that a model predicts.
 *
 * @param task whose head answers
 * @param source whose examples they are: the task's own, or those of one of its probes
 * @param split which of them
 * @param data the folder that holds the tasks' folders
 */
record PredictedSplit(Task task, Task source, Split split, Path data) {
    private static final List<Split> TEST = List.of(Split.TEST, Split.TEST_MISMATCHED);

    /** The splits that are reported. */
    static List<PredictedSplit> dev(List<Task> tasks, Path data) {
        List<PredictedSplit> splits = new ArrayList<>();
        for (Task task : tasks) {
            for (Evaluation evaluation : task.evaluations()) {
                splits.add(new PredictedSplit(task, task, evaluation.split(), data));
            }
        }
        return splits;
    }

    /**
     * The test sets that are there, of the tasks and of their probes.
     *
     * @param messages hears of those that are not
     */
    static List<PredictedSplit> test(List<Task> tasks, Path data, Consumer<String> messages) {
        List<PredictedSplit> splits = new ArrayList<>();
        for (Task task : tasks) {
            splits.addAll(test(task, task, data, messages));
            for (Task probe : task.probes()) {
                boolean known = splits.stream().anyMatch(split -> split.source().equals(probe));
                if (!known) { // of two tasks with one probe the first answers
                    splits.addAll(test(task, probe, data, messages));
                }
            }
        }
        return splits;
    }

    private static List<PredictedSplit> test(Task task, Task source, Path data, Consumer<String> messages) {
        Map<Split, Path> files = source.files(data);
        List<PredictedSplit> there = new ArrayList<>();
        for (Split split : TEST) {
            Path file = files.get(split);
            if (file != null && Files.isRegularFile(file)) {
                there.add(new PredictedSplit(task, source, split, data));
            } else if (file != null) {
                messages.accept(
                        "%s: there is no %s, so %s is not predicted".formatted(source.name(), file, split.label()));
            }
        }
        return there;
    }

    PredictionFile file() {
        return new PredictionFile(source.name(), split);
    }

    /** The examples, as the model reads them. */
    Dataset dataset(DatasetStore datasets) {
        return datasets.toPredict(source, split, data);
    }
}
