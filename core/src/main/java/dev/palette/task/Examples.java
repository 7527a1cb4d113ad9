package dev.palette.task;

import java.util.List;

/**
 * The examples of one split, in the order of its file.
 *
 * @param list the examples; at least one
 * @param skipped rows left out because they were too short (QQP only)
 */
public record Examples(List<Example> list, int skipped) {
    /** Copies the list. */
    public Examples {
        list = List.copyOf(list);
    }

    /** The number of examples. */
    public int size() {
        return list.size();
    }

    /** The examples' labels, in order. */
    public double[] labels() {
        return list.stream().mapToDouble(Example::label).toArray();
    }
}
