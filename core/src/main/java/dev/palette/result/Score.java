package dev.palette.result;

import dev.palette.task.Evaluation;
import dev.palette.task.Scores;
import dev.palette.task.Task;
import java.util.List;

/**
 * One metric of one task on one split.
 *
 * @param task the task's name
 * @param split e.g. {@code dev}
 * @param metric e.g. {@code matthews}
 * @param value a fraction of 1
 */
public record Score(String task, String split, String metric, double value) {
    /** What the metrics say of one split of a task, one score a metric. */
    public static List<Score> list(Task task, Evaluation evaluation, Scores scores) {
        return scores.values().entrySet().stream()
                .map(entry -> new Score(
                        task.name(), evaluation.split().label(), entry.getKey().label(), entry.getValue()))
                .toList();
    }
}
