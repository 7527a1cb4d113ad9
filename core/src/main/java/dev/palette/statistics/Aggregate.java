package dev.palette.statistics;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * One figure over the seeds of a line.
 *
 * @param mean over the seeds that are finished
 * @param deviation the sample's standard deviation (n − 1 below); empty for one seed
 * @param n finished seeds
 */
public record Aggregate(double mean, OptionalDouble deviation, int n) {
    /** Of one or more values. */
    public static Aggregate of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing to aggregate");
        }
        StreamingStatistics statistics = new StreamingStatistics();
        values.forEach(statistics::addValue);
        OptionalDouble deviation =
                values.size() > 1 ? OptionalDouble.of(statistics.getStandardDeviation()) : OptionalDouble.empty();
        return new Aggregate(statistics.getMean(), deviation, values.size());
    }

    /**
     * Student's interval for the mean over all seeds that there could be; empty for one seed.
     *
     * @param level e.g. 0.95
     */
    public Optional<Interval> interval(double level) {
        if (deviation.isEmpty()) {
            return Optional.empty();
        }
        double quantile = new TDistribution(n - 1).inverseCumulativeProbability((1 + level) / 2);
        return Optional.of(Interval.around(mean, quantile * deviation.getAsDouble() / Math.sqrt(n)));
    }
}
