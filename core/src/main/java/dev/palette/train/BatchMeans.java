package dev.palette.train;

import dev.palette.task.Dataset;
import dev.palette.task.LabelMetric;
import dev.palette.task.Metric;
import dev.palette.task.Outputs;
import dev.palette.task.TextDataset;
import java.util.Arrays;
import java.util.List;

/** The figure by which the original compares checkpoints ({@link Compatibility#BATCH_MEAN_METRICS}). */
final class BatchMeans {
    private static final int BATCH = 8;

    private BatchMeans() {}

    /** The figure of one split; not a number where the original's is none. */
    static double of(Dataset data, Outputs outputs) {
        if (!(data instanceof TextDataset labelled)) {
            return data.scores(outputs).mean(); // the original samples from no such task
        }
        double[] predicted = labelled.target().predictions(outputs);
        return of(metric(labelled.metrics()), predicted, labelled.labels());
    }

    static double of(LabelMetric metric, double[] predicted, double[] expected) {
        double sum = 0;
        for (int from = 0; from < predicted.length; from += BATCH) {
            int to = Math.min(predicted.length, from + BATCH);
            double[] found = Arrays.copyOfRange(predicted, from, to);
            double[] wanted = Arrays.copyOfRange(expected, from, to);
            boolean undefined = metric == LabelMetric.PEARSON && (isConstant(found) || isConstant(wanted));
            sum += undefined ? Double.NaN : (to - from) * metric.of(found, wanted);
        }
        return sum / predicted.length;
    }

    /** Matthews or Pearson for the tasks that have them, accuracy for the others. */
    private static LabelMetric metric(List<? extends Metric> metrics) {
        return List.of(LabelMetric.MATTHEWS, LabelMetric.PEARSON).stream()
                .filter(metrics::contains)
                .findFirst()
                .orElse(LabelMetric.ACCURACY);
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).distinct().count() == 1;
    }
}
