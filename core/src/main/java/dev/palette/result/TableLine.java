package dev.palette.result;

import dev.palette.task.Average;
import dev.palette.task.Metric;
import dev.palette.task.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One line of a table: one value of each axis, over its seeds.
 *
 * @param adapter the adapter's label, or {@code majority}
 * @param sampler the sampling method's label
 * @param runs the scores of each finished seed
 */
record TableLine(String adapter, String sampler, List<List<Score>> runs) {

    /** Whether it has runs, and each has this column's scores. */
    boolean covers(TableColumn column) {
        return !runs.isEmpty() && runs.stream().allMatch(column::isIn);
    }

    /** One metric of a column over the seeds. */
    Aggregate metric(TableColumn column, Metric metric) {
        return Aggregate.of(runs.stream().map(run -> column.value(run, metric)).toList());
    }

    /** The average over tasks: within each seed first, then over the seeds. */
    Aggregate average(Average formula, List<TableColumn> columns) {
        return Aggregate.of(
                runs.stream().map(run -> average(formula, columns, run)).toList());
    }

    /** A column's cell: each metric's aggregate, joined as in the heading. */
    String cell(TableColumn column) {
        return column.task().metrics().stream()
                .map(metric -> metric(column, metric).percent())
                .collect(Collectors.joining("/"));
    }

    private static double average(Average formula, List<TableColumn> columns, List<Score> run) {
        Map<String, List<Scores>> byTask = new TreeMap<>();
        for (TableColumn column : columns) {
            Map<Metric, Double> values = new LinkedHashMap<>();
            column.task().metrics().forEach(metric -> values.put(metric, column.value(run, metric)));
            byTask.computeIfAbsent(column.task().name(), unseen -> new ArrayList<>())
                    .add(new Scores(values));
        }
        return formula.of(byTask);
    }
}
