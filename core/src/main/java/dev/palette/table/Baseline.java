package dev.palette.table;

/** What the lines of a table are compared with. */
public sealed interface Baseline {
    /** Nothing. */
    record None() implements Baseline {}

    /**
     * Those lines that have this value, where all else is equal.
     *
     * @param axis one of the table's rows, by name or path
     * @param value as the table shows it, e.g. {@code shared}
     */
    record Value(String axis, String value) implements Baseline {}

    /** Each other: every pair of lines. */
    record AllPairs() implements Baseline {}
}
