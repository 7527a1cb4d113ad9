package dev.palette.result;

import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
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

    /** As tables print a fraction: × 100, one decimal, and the standard deviation where there is one: {@code 63.1±0.4}. */
    String percent() {
        String shown = String.format(Locale.ROOT, "%.1f", 100 * mean);
        return deviation.isPresent()
                ? shown + String.format(Locale.ROOT, "±%.1f", 100 * deviation.getAsDouble())
                : shown;
    }
}
