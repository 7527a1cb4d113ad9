package dev.palette.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task's metrics say of one split, as fractions of 1.
 *
 * @param values in the order of the task's metrics
 */
public record Scores(Map<Metric, Double> values) {
    /** Copies the values and keeps their order. */
    public Scores {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no metric");
        }
    }

    /**
     * The metrics over one split.
     *
     * @param predicted (n) class indices or scores
     * @param expected (n) the labels
     */
    public static Scores of(List<? extends PairedMetric> metrics, double[] predicted, double[] expected) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> values.put(metric, metric.of(predicted, expected)));
        return new Scores(values);
    }

    /** The mean of the metrics. */
    public double mean() {
        return values.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** The first metric. */
    double first() {
        return values.values().iterator().next();
    }

    /** The metric that the paper's column shows: F1 where there is one, else the first. */
    double paperColumn() {
        return values.entrySet().stream()
                .filter(value -> value.getKey().label().equals("f1"))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(this::first);
    }
}
