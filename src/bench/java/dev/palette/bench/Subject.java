package dev.palette.bench;

import java.util.Map;

/** Something that can be timed again and again. */
interface Subject {
    /**
     * What one repetition took.
     *
     * @param seconds by the wall clock
     * @param examples examples in it
     * @param tokens word pieces in it, padding not counted
     */
    record Repetition(double seconds, long examples, long tokens) {}

    /** Does the work once. */
    Repetition repeat() throws Exception;

    /** Does a little of the work, untimed, so that a turn does not begin with cold caches and memory that was given back. */
    default void settle() throws Exception {
        repeat();
    }

    /** How the work will be done, for the table: kernel, sizes. */
    default Map<String, Object> description() {
        return Map.of();
    }
}
