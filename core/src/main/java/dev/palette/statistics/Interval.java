package dev.palette.statistics;

/**
 * From one number to another, both of them in it.
 *
 * @param low the lower
 * @param high the higher
 */
public record Interval(double low, double high) {
    /** As far to both sides of a number. */
    static Interval around(double middle, double half) {
        return new Interval(middle - half, middle + half);
    }
}
