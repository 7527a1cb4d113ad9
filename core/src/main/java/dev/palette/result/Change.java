package dev.palette.result;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A field that is not what it was.
 *
 * @param field e.g. {@code training.optimizer.learningRate} or {@code data file cola/train}
 * @param before its value then
 * @param now its value now
 */
public record Change(String field, String before, String now) {
    /** The value of a field that is not there. */
    public static final String ABSENT = "absent";

    /** {@code training.steps: 100 → 200}. */
    public String text() {
        return "%s: %s → %s".formatted(field, before, now);
    }

    /** Several in one line. */
    static String text(Collection<Change> changes) {
        return changes.stream().map(Change::text).collect(Collectors.joining("; "));
    }
}
