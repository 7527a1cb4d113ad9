package dev.palette.model;

/**
 * Whether values are dropped out in a pass, and which. Each stage draws from a seed of its own, so that a stage computed again drops
 * the same values.
 *
 * @param on whether any are
 * @param seed what the draws follow from
 * @param from the first stage that drops; those below compute as in evaluation
 */
public record Dropout(boolean on, long seed, int from) {
    /** None: as in evaluation. */
    public static final Dropout OFF = new Dropout(false, 0, 0);

    /** In every stage. */
    public static Dropout seeded(long seed) {
        return new Dropout(true, seed, 0);
    }

    /** The same, but for the stages below one. */
    public Dropout above(int stage) {
        return new Dropout(on, seed, stage);
    }

    boolean dropsIn(int stage) {
        return on && stage >= from;
    }
}
