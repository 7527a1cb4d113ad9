package dev.palette.table;

import java.util.List;
import java.util.Optional;

/**
 * Published results, to be shown beside ours.
 *
 * @param name by which scripts ask for it, e.g. {@code sticklandMurray.glueTest}
 * @param source where they were published
 * @param split what they are of, in words, e.g. {@code GLUE's test server}
 * @param values of all its rows
 */
public record ReferenceTable(String name, String source, String split, List<Value> values) {
    /** Copies the list. */
    public ReferenceTable {
        values = List.copyOf(values);
    }

    /**
     * One published figure.
     *
     * @param model what the publication calls the row
     * @param parameters as a multiple of the encoder's
     * @param adapter what our tables call the same method; empty where there is none
     * @param task as ours is called, or {@code average}
     * @param split as ours is called, e.g. {@code test-mismatched}
     * @param version of the task, e.g. {@code GLUE v1}; empty for averages
     * @param metric as ours is called; for averages the formula's name
     * @param value a fraction of 1
     * @param verified whether somebody compared it with the source
     * @param note what must be known of it; empty as a rule
     */
    public record Value(
            String model,
            double parameters,
            Optional<String> adapter,
            String task,
            String split,
            Optional<String> version,
            String metric,
            double value,
            boolean verified,
            Optional<String> note) {
        boolean isMismatched() {
            return split.endsWith("-mismatched");
        }
    }

    /** The rows, by what the publication calls them. */
    List<String> models() {
        return values.stream().map(Value::model).distinct().toList();
    }
}
