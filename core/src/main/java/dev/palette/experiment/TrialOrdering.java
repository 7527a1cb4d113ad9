package dev.palette.experiment;

/** Which trials of a sweep come first. */
public enum TrialOrdering {
    /** All variants with the first seed, then all with the second: the whole table early, its deviations later. */
    BY_SEED,
    /** All seeds of the first variant, then all of the second: whole rows of the table, one after the other. */
    BY_VARIANT
}
