package dev.palette.task;

/**
 * A figure that says how good predictions are, over a <em>whole</em> split; 1 is perfect. The mean over batches is another figure
 * for all but accuracy: a real Matthews correlation of 0.347 once showed as 0.272.
 *
 * <p>How it is computed is the business of the {@link Dataset} that is scored: {@link LabelMetric} compares labels.
 */
public interface Metric {
    /** What files print, e.g. {@code accuracy}; metrics of one label are the same column. */
    String label();

    /** What the headings of tables print, e.g. {@code acc}. */
    String brief();
}
