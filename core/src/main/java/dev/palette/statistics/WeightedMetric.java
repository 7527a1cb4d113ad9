package dev.palette.statistics;

import dev.palette.task.LabelMetric;
import java.util.Arrays;

/**
 * A metric of one run over a sample of its examples in which each stands any number of times. The work that does not hang on the
 * sample, such as sorting, is done beforehand: a bootstrap asks thousands of times.
 */
@FunctionalInterface
public interface WeightedMetric {
    /**
     * The metric.
     *
     * @param counts (n) how often each example stands in the sample
     */
    double of(int[] counts);

    /**
     * The mean of a score that each example has for itself, such as SQuAD's exact match.
     *
     * @param scores (n)
     */
    static WeightedMetric mean(double[] scores) {
        double[] own = scores.clone();
        return counts -> {
            double sum = 0;
            long n = 0;
            for (int i = 0; i < own.length; i++) {
                sum += counts[i] * own[i];
                n += counts[i];
            }
            return sum / n;
        };
    }

    /**
     * What {@link LabelMetric#of} gives for the examples of the sample, written out as often as they stand in it.
     *
     * @param predicted (n) class indices or scores
     * @param expected (n) the labels
     */
    static WeightedMetric of(LabelMetric metric, double[] predicted, double[] expected) {
        return switch (metric) {
            case ACCURACY -> mean(right(predicted, expected));
            case F1 -> new WeightedConfusion(predicted, expected)::f1;
            case F1_MACRO -> new WeightedConfusion(predicted, expected)::f1Macro;
            case MATTHEWS -> new WeightedConfusion(predicted, expected)::matthews;
            case PEARSON -> counts -> WeightedCorrelation.pearson(predicted, expected, counts);
            case SPEARMAN -> new WeightedCorrelation(predicted, expected)::spearman;
        };
    }

    /** The metric over every example once. */
    default double ofAll(int n) {
        int[] once = new int[n];
        Arrays.fill(once, 1);
        return of(once);
    }

    private static double[] right(double[] predicted, double[] expected) {
        double[] right = new double[predicted.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = predicted[i] == expected[i] ? 1 : 0;
        }
        return right;
    }
}
