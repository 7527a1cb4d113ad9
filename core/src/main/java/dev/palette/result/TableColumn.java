package dev.palette.result;

import dev.palette.task.Evaluation;
import dev.palette.task.Metric;
import dev.palette.task.Task;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The metrics of one task on one split, side by side as on GLUE's leaderboard: {@code mrpc acc/F1}.
 *
 * @param task the task
 * @param evaluation the split, and what tables call the task on it
 */
record TableColumn(Task task, Evaluation evaluation) {

    /** The columns of some tasks, in their order. */
    static List<TableColumn> of(List<Task> tasks) {
        return tasks.stream()
                .flatMap(task -> task.evaluations().stream().map(evaluation -> new TableColumn(task, evaluation)))
                .toList();
    }

    String heading() {
        return evaluation.name() + " "
                + task.metrics().stream().map(Metric::brief).collect(Collectors.joining("/"));
    }

    /** Whether a run's scores, or a baseline's, have this column. */
    boolean isIn(List<Score> scores) {
        return scores.stream().anyMatch(this::holds);
    }

    private boolean holds(Score score) {
        return score.task().equals(task.name())
                && score.split().equals(evaluation.split().label());
    }

    /** The value of one metric in a run's scores. */
    double value(List<Score> scores, Metric metric) {
        return scores.stream()
                .filter(score -> holds(score) && score.metric().equals(metric.label()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no %s of %s on %s among %s"
                        .formatted(
                                metric.label(), task.name(), evaluation.split().label(), scores)))
                .value();
    }
}
