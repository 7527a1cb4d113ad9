package dev.palette.task.card;

import java.util.Arrays;

/**
 * How some numbers are spread. A quantile is one of the numbers: the smallest that so many are not above.
 *
 * @param least the smallest
 * @param quarter the first quartile
 * @param median the middle one
 * @param threeQuarters the third quartile
 * @param most95 of a hundred, 95 are not above it
 * @param most99 of a hundred, 99 are not above it
 * @param most the largest
 * @param mean their mean
 */
public record Spread(
        double least,
        double quarter,
        double median,
        double threeQuarters,
        double most95,
        double most99,
        double most,
        double mean) {
    /** Of at least one number. */
    static Spread of(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return new Spread(
                sorted[0],
                quantile(sorted, 0.25),
                quantile(sorted, 0.5),
                quantile(sorted, 0.75),
                quantile(sorted, 0.95),
                quantile(sorted, 0.99),
                sorted[sorted.length - 1],
                Arrays.stream(sorted).average().orElseThrow());
    }

    private static double quantile(double[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }
}
