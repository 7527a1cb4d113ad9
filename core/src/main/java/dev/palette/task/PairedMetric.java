package dev.palette.task;

/** A metric that compares one prediction of each example with its label: a class or a score. */
public sealed interface PairedMetric extends Metric permits LabelMetric, InlineMetric {
    /**
     * The metric over one split.
     *
     * @param predicted (n) class indices or scores, n ≥ 1
     * @param expected (n) the labels
     */
    double of(double[] predicted, double[] expected);
}
