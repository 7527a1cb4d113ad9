package dev.palette.statistics;

import java.util.OptionalDouble;
import org.hipparchus.distribution.RealDistribution;

/**
 * How two lines of a table differ in one figure.
 *
 * @param effect the second's mean over seeds less the first's
 * @param interval that holds the effect for 95 of 100 such experiments
 * @param p the probability of such an effect, in either direction, where there is none; not corrected for other comparisons
 * @param equivalence the larger p-value of two one-sided tests that the effect lies within ± the margin (Schuirmann 1987); empty
 *     without a margin
 * @param smallestDetectable the effect that such an experiment would find four times in five (power 0.8, two-sided level 0.05)
 * @param seeds of the line that has fewer
 * @param paired whether both lines have the same seeds, and each is compared with itself
 * @param overExamples whether the examples were drawn anew as well as the seeds
 */
public record Comparison(
        double effect,
        Interval interval,
        double p,
        OptionalDouble equivalence,
        double smallestDetectable,
        int seeds,
        boolean paired,
        boolean overExamples) {
    /** The two-sided level of every test. */
    public static final double LEVEL = 0.05;

    /** The power at which an effect counts as detectable. */
    public static final double POWER = 0.8;

    /**
     * The fewest seeds that a claim of a difference may rest on. Were there no difference, each seed would favour either line with
     * probability ½, and all n of them the same line with 2 · ½ⁿ: below six seeds that is more than {@link #LEVEL}, so that no
     * result whatever, judged by the seeds alone, is unlikely enough. The bootstrap does not know; its intervals are too narrow there.
     */
    public static final int FEWEST_SEEDS = 6;

    /** Whether a difference may be claimed at all, however small p is. */
    public boolean hasSeeds() {
        return seeds >= FEWEST_SEEDS;
    }

    /**
     * The effect that would be found with the usual power.
     *
     * @param standardError of the effect
     * @param reference what the effect divided by its error is compared with
     */
    static double detectable(double standardError, RealDistribution reference) {
        return standardError
                * (reference.inverseCumulativeProbability(1 - LEVEL / 2)
                        + reference.inverseCumulativeProbability(POWER));
    }
}
