package dev.palette.table;

import dev.palette.statistics.Comparison;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two lines in one figure.
 *
 * @param baseline what is compared with
 * @param other what is compared
 * @param measure the figure
 * @param effect the other's mean over seeds less the baseline's
 * @param comparison how sure it is; empty where seeds or predictions are too few to say
 * @param p corrected for all contrasts of the table; empty where there is no comparison
 * @param equivalence the same for equivalence within the margin; empty without a margin
 */
record Contrast(
        Line baseline,
        Line other,
        Measure measure,
        double effect,
        Optional<Comparison> comparison,
        OptionalDouble p,
        OptionalDouble equivalence) {

    Contrast corrected(OptionalDouble difference, OptionalDouble equal) {
        return new Contrast(baseline, other, measure, effect, comparison, difference, equal);
    }

    /** Whether the lines may be said to differ. */
    boolean differs() {
        return mayClaim() && p.orElse(1) < Comparison.LEVEL;
    }

    /** Whether the lines may be said to be equally good. */
    boolean isEquivalent() {
        return mayClaim() && equivalence.orElse(1) < Comparison.LEVEL;
    }

    private boolean mayClaim() {
        return comparison.filter(Comparison::hasSeeds).isPresent();
    }

    /** What may be said, in words. */
    String verdict() {
        if (comparison.isEmpty()) {
            return "one seed each: nothing to be said";
        }
        int seeds = comparison.get().seeds();
        if (!comparison.get().hasSeeds()) {
            return "too few seeds: %d, at least %d".formatted(seeds, Comparison.FEWEST_SEEDS);
        }
        if (differs()) {
            return effect > 0 ? "better" : "worse";
        }
        return isEquivalent() ? "equally good" : "not told apart";
    }
}
