package dev.palette.task;

/** What an {@link InlineMetric}'s code defines: a figure that says how good predictions are; 1 is perfect. */
@FunctionalInterface
public interface MetricRule {
    /**
     * The metric over one split.
     *
     * @param predicted (n) class indices or scores, n ≥ 1
     * @param expected (n) the labels
     */
    double of(double[] predicted, double[] expected);
}
