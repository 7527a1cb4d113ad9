package dev.palette.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;

/**
 * Student's t over seeds alone, for figures without predictions that could be drawn anew: of the seeds' differences where both lines
 * have the same seeds, else Welch's. It says nothing of other examples.
 */
public final class SeedTest {
    private SeedTest() {}

    /**
     * Compares two lines.
     *
     * @param first (seeds) the baseline's scores
     * @param second (seeds) the other's
     * @param paired whether they have the same seeds, in the same order
     * @param margin of equivalence, in the figure's units; empty to test none
     * @return empty where there are too few seeds, or no variation among them, to estimate an error by
     */
    public static Optional<Comparison> compare(double[] first, double[] second, boolean paired, OptionalDouble margin) {
        if (Math.min(first.length, second.length) < 2) {
            return Optional.empty();
        }
        double effect = StatUtils.mean(second) - StatUtils.mean(first);
        StandardError error = paired ? ofDifferences(first, second) : welch(first, second);
        if (error.value() == 0) {
            return Optional.empty();
        }
        TDistribution t = new TDistribution(error.degrees());
        double half = t.inverseCumulativeProbability(1 - Comparison.LEVEL / 2) * error.value();
        return Optional.of(new Comparison(
                effect,
                Interval.around(effect, half),
                2 * t.cumulativeProbability(-Math.abs(effect) / error.value()),
                margin.isPresent()
                        ? OptionalDouble.of(
                                t.cumulativeProbability((Math.abs(effect) - margin.getAsDouble()) / error.value()))
                        : margin,
                Comparison.detectable(error.value(), t),
                Math.min(first.length, second.length),
                paired,
                false));
    }

    /** A standard error with its degrees of freedom. */
    private record StandardError(double value, double degrees) {}

    private static StandardError ofDifferences(double[] first, double[] second) {
        double[] differences = new double[first.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = second[i] - first[i];
        }
        int n = differences.length;
        return new StandardError(Math.sqrt(StatUtils.variance(differences) / n), n - 1.0);
    }

    /** Welch (1947), with Satterthwaite's degrees of freedom. */
    private static StandardError welch(double[] first, double[] second) {
        double a = StatUtils.variance(first) / first.length;
        double b = StatUtils.variance(second) / second.length;
        double degrees = (a + b) * (a + b) / (a * a / (first.length - 1) + b * b / (second.length - 1));
        return new StandardError(Math.sqrt(a + b), degrees);
    }
}
