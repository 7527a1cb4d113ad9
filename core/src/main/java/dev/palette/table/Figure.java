package dev.palette.table;

import dev.palette.statistics.Aggregate;
import dev.palette.statistics.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure of a table.
 *
 * @param key for programs, e.g. {@code mrpc.accuracy}
 * @param value in the files' units: scores as fractions of 1, times in seconds, sizes in bytes
 * @param deviation the sample's standard deviation over seeds, where it is to be seen
 * @param interval that holds the true value with 95 %, where it is to be seen
 * @param n seeds behind it; 0 where there are none, as behind a baseline
 */
public record Figure(String key, double value, OptionalDouble deviation, Optional<Interval> interval, int n) {
    /** A number that is not over seeds. */
    public static Figure of(String key, double value) {
        return new Figure(key, value, OptionalDouble.empty(), Optional.empty(), 0);
    }

    /** A difference, or another figure with its interval. */
    static Figure of(String key, double value, Interval interval, int n) {
        return new Figure(key, value, OptionalDouble.empty(), Optional.of(interval), n);
    }

    static Figure of(String key, Aggregate aggregate, CellStyle style) {
        return new Figure(
                key,
                aggregate.mean(),
                style == CellStyle.DEVIATION ? aggregate.deviation() : OptionalDouble.empty(),
                style == CellStyle.INTERVAL ? aggregate.interval(0.95) : Optional.empty(),
                aggregate.n());
    }
}
