package dev.palette.task;

import dev.palette.spec.DivergedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a model says of a whole {@link Dataset}: for each of its examples, in order, the values of the head, without those of
 * padding.
 *
 * @param rows as long as {@link Head#values} says; treated as immutable
 */
public record Outputs(List<float[]> rows) {
    /**
     * Copies the list.
     *
     * @throws DivergedException when a value is not a number
     */
    public Outputs {
        rows = List.copyOf(rows);
        for (int example = 0; example < rows.size(); example++) {
            for (float value : rows.get(example)) {
                if (Float.isNaN(value)) {
                    throw new DivergedException(
                            "the model's output for example %d is not a number: training has diverged;"
                                            .formatted(example)
                                    + " a lower learningRate or a longer warm-up helps");
                }
            }
        }
    }

    /** The outputs of a model that says the same of every example. */
    public static Outputs constant(float[] row, int examples) {
        return new Outputs(Collections.nCopies(examples, row));
    }

    /**
     * Rows of one width from a flat array.
     *
     * @param values (n, width), row after row
     */
    public static Outputs of(float[] values, int width) {
        List<float[]> rows = new ArrayList<>();
        for (int from = 0; from < values.length; from += width) {
            rows.add(Arrays.copyOfRange(values, from, from + width));
        }
        return new Outputs(rows);
    }

    /** The number of examples. */
    public int size() {
        return rows.size();
    }
}
