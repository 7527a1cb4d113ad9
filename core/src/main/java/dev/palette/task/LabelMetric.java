package dev.palette.task;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * The metrics that compare one predicted class or score an example with its label.
 *
 * <p>A metric that a degenerate split leaves undefined, as a correlation with a constant, is 0: nothing was told apart.
 */
public enum LabelMetric implements PairedMetric {
    /** The share of predictions that are right. */
    ACCURACY("acc") {
        @Override
        double measure(double[] predicted, double[] expected) {
            return (double) countOfBoth(predicted, expected).right / predicted.length;
        }
    },

    /** The harmonic mean of precision and recall for class 1; 0 when class 1 is neither predicted nor expected. */
    F1("F1") {
        @Override
        double measure(double[] predicted, double[] expected) {
            int truePositive = 0;
            int positives = 0;
            for (int i = 0; i < predicted.length; i++) {
                boolean found = predicted[i] == 1;
                boolean wanted = expected[i] == 1;
                truePositive += found && wanted ? 1 : 0;
                positives += (found ? 1 : 0) + (wanted ? 1 : 0);
            }
            return ratio(2.0 * truePositive, positives);
        }
    },

    /** The mean of every class's {@link #F1}, of those classes that are predicted or expected; CommitmentBank's official metric. */
    F1_MACRO("F1 macro") {
        @Override
        double measure(double[] predicted, double[] expected) {
            Map<Double, double[]> right = new HashMap<>(); // by class: how often rightly predicted
            for (int i = 0; i < predicted.length; i++) {
                right.computeIfAbsent(expected[i], unseen -> new double[1])[0] += predicted[i] == expected[i] ? 1 : 0;
            }
            return countOfBoth(predicted, expected).byClass.entrySet().stream()
                    .mapToDouble(each -> 2
                            * right.getOrDefault(each.getKey(), new double[1])[0]
                            / (each.getValue()[0] + each.getValue()[1]))
                    .average()
                    .orElseThrow();
        }
    },

    /**
     * The Matthews correlation, for any number of classes (Gorodkin 2004, R_K); 0 when only one class is predicted or expected.
     */
    MATTHEWS("mcc") {
        @Override
        double measure(double[] predicted, double[] expected) {
            Counts counts = countOfBoth(predicted, expected);
            double n = predicted.length;
            double both = 0;
            double ofPredicted = 0;
            double ofExpected = 0;
            for (double[] pair : counts.byClass.values()) {
                both += pair[0] * pair[1];
                ofPredicted += pair[0] * pair[0];
                ofExpected += pair[1] * pair[1];
            }
            return ratio(counts.right * n - both, Math.sqrt((n * n - ofPredicted) * (n * n - ofExpected)));
        }
    },

    /** Pearson's correlation; 0 when predictions or labels are constant. */
    PEARSON("P") {
        @Override
        double measure(double[] predicted, double[] expected) {
            return isConstant(predicted) || isConstant(expected)
                    ? 0
                    : new PearsonsCorrelation().correlation(predicted, expected);
        }
    },

    /** Spearman's rank correlation, equal values sharing their mean rank; 0 when predictions or labels are constant. */
    SPEARMAN("S") {
        @Override
        double measure(double[] predicted, double[] expected) {
            return isConstant(predicted) || isConstant(expected)
                    ? 0
                    : new SpearmansCorrelation().correlation(predicted, expected);
        }
    };

    private final String brief;

    LabelMetric(String brief) {
        this.brief = brief;
    }

    /** The name in lower case. */
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String brief() {
        return brief;
    }

    @Override
    public double of(double[] predicted, double[] expected) {
        if (predicted.length != expected.length || predicted.length == 0) {
            throw new IllegalArgumentException(
                    "%d predictions for %d labels".formatted(predicted.length, expected.length));
        }
        return measure(predicted, expected);
    }

    abstract double measure(double[] predicted, double[] expected);

    /** How often each class was predicted [0] and expected [1], and how many predictions are right. */
    private record Counts(Map<Double, double[]> byClass, int right) {}

    private static Counts countOfBoth(double[] predicted, double[] expected) {
        Map<Double, double[]> byClass = new HashMap<>();
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            byClass.computeIfAbsent(predicted[i], unseen -> new double[2])[0]++;
            byClass.computeIfAbsent(expected[i], unseen -> new double[2])[1]++;
            right += predicted[i] == expected[i] ? 1 : 0;
        }
        return new Counts(byClass, right);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    private static boolean isConstant(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }
}
