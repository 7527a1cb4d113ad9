package dev.palette.search;

/**
 * A score that a trial had on its way.
 *
 * @param trial its place among all trials of a study
 * @param step steps done
 * @param score on the selection split; more is better
 */
public record Report(int trial, long step, double score) {
    /** Whether it was made after so many steps or more. */
    boolean isPast(long steps) {
        return step >= steps;
    }
}
