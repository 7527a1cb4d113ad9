package dev.palette.statistics;

import java.util.Arrays;

/**
 * What the best of some random variants may be expected to score (Dodge et al., "Show Your Work", EMNLP 2019, §3.1): the expected maximum
 * of n draws from the distribution of the scores found. Lines of different effort become comparable at equal budgets. It holds for
 * variants drawn independently; a search that learns from earlier scores is not described by it.
 *
 * @param budget variants tried, n
 * @param mean the expected best score, on the selection split
 * @param deviation standard deviation of the best score over such searches
 */
public record ExpectedBest(int budget, double mean, double deviation) {
    /**
     * For one budget.
     *
     * @param scores of all variants that were tried, one or more
     * @param budget at least 1
     */
    public static ExpectedBest of(double[] scores, int budget) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double mean = 0;
        double square = 0;
        for (int i = 0; i < sorted.length; i++) {
            double probability = power(i + 1, sorted.length, budget) - power(i, sorted.length, budget);
            mean += probability * sorted[i];
            square += probability * sorted[i] * sorted[i];
        }
        return new ExpectedBest(budget, mean, Math.sqrt(Math.max(0, square - mean * mean)));
    }

    /** The probability that all of n draws are among the i lowest of N. */
    private static double power(int i, int of, int draws) {
        return Math.pow((double) i / of, draws);
    }
}
