package dev.palette.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How often each class was predicted for each, in a sample of the examples. */
final class WeightedConfusion {
    private final double[] classes;
    private final int[] cells;

    /**
     * Predictions and labels of all examples.
     *
     * @param predicted (n) class indices
     * @param expected (n) class indices
     */
    WeightedConfusion(double[] predicted, double[] expected) {
        double[] both = Arrays.copyOf(predicted, predicted.length + expected.length);
        System.arraycopy(expected, 0, both, predicted.length, expected.length);
        classes = Arrays.stream(both).sorted().distinct().toArray();
        cells = new int[predicted.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = index(predicted[i]) * classes.length + index(expected[i]);
        }
    }

    private int index(double label) {
        return Arrays.binarySearch(classes, label);
    }

    /** {@link dev.palette.task.LabelMetric#F1}: of class 1. */
    double f1(int[] counts) {
        int positive = index(1);
        return positive < 0 ? 0 : f1(table(counts), positive);
    }

    /** {@link dev.palette.task.LabelMetric#F1_MACRO}: of every class that the sample has or has predicted. */
    double f1Macro(int[] counts) {
        long[] table = table(counts);
        return IntStream.range(0, classes.length)
                .filter(label -> ofPredicted(table, label) + ofExpected(table, label) > 0)
                .mapToDouble(label -> f1(table, label))
                .average()
                .orElse(0);
    }

    private double f1(long[] table, int label) {
        double right = table[label * classes.length + label];
        return ratio(2 * right, ofPredicted(table, label) + ofExpected(table, label));
    }

    /** {@link dev.palette.task.LabelMetric#MATTHEWS}, for any number of classes. */
    double matthews(int[] counts) {
        long[] table = table(counts);
        double n = Arrays.stream(table).sum();
        double right = 0;
        double both = 0;
        double squaresOfPredicted = 0;
        double squaresOfExpected = 0;
        for (int c = 0; c < classes.length; c++) {
            double predicted = ofPredicted(table, c);
            double expected = ofExpected(table, c);
            right += table[c * classes.length + c];
            both += predicted * expected;
            squaresOfPredicted += predicted * predicted;
            squaresOfExpected += expected * expected;
        }
        return ratio(right * n - both, Math.sqrt((n * n - squaresOfPredicted) * (n * n - squaresOfExpected)));
    }

    private long[] table(int[] counts) {
        long[] table = new long[classes.length * classes.length];
        for (int i = 0; i < cells.length; i++) {
            table[cells[i]] += counts[i];
        }
        return table;
    }

    private double ofPredicted(long[] table, int label) {
        long sum = 0;
        for (int c = 0; c < classes.length; c++) {
            sum += table[label * classes.length + c];
        }
        return sum;
    }

    private double ofExpected(long[] table, int label) {
        long sum = 0;
        for (int c = 0; c < classes.length; c++) {
            sum += table[c * classes.length + label];
        }
        return sum;
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
