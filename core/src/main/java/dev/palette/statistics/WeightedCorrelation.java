package dev.palette.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Correlations of predictions with labels in a sample of the examples; 0 where either is constant in it. */
final class WeightedCorrelation {
    private final double[] predicted;
    private final double[] expected;
    private final int[] orderOfPredicted;
    private final int[] orderOfExpected;

    /**
     * Predictions and labels of all examples.
     *
     * @param predicted (n)
     * @param expected (n)
     */
    WeightedCorrelation(double[] predicted, double[] expected) {
        this.predicted = predicted.clone();
        this.expected = expected.clone();
        this.orderOfPredicted = order(predicted);
        this.orderOfExpected = order(expected);
    }

    /** Pearson's correlation of the ranks, equal values sharing their mean rank. */
    double spearman(int[] counts) {
        return pearson(ranks(predicted, orderOfPredicted, counts), ranks(expected, orderOfExpected, counts), counts);
    }

    static double pearson(double[] x, double[] y, int[] counts) {
        if (isConstant(x, counts) || isConstant(y, counts)) {
            return 0;
        }
        double meanX = mean(x, counts);
        double meanY = mean(y, counts);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < counts.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xy += counts[i] * dx * dy;
            xx += counts[i] * dx * dx;
            yy += counts[i] * dy * dy;
        }
        return xy / Math.sqrt(xx * yy);
    }

    private static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The rank of each value in the sample; of a value that does not stand in it, some number that nobody counts. */
    private static double[] ranks(double[] values, int[] order, int[] counts) {
        double[] ranks = new double[values.length];
        long before = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long tied = 0;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                tied += counts[order[to++]];
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = before + (tied + 1) / 2.0;
            }
            before += tied;
            from = to;
        }
        return ranks;
    }

    private static double mean(double[] values, int[] counts) {
        double sum = 0;
        long n = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * values[i];
            n += counts[i];
        }
        return sum / n;
    }

    private static boolean isConstant(double[] values, int[] counts) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                least = Math.min(least, values[i]);
                most = Math.max(most, values[i]);
            }
        }
        return least == most;
    }
}
