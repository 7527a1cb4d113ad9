package dev.palette.sampler;

import dev.palette.spec.PaletteException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tasks that can be drawn, and how many training examples each has.
 *
 * @param names of the tasks, in the experiment's order
 * @param examples of each, in the same order; at least 1
 */
public record TaskSizes(List<String> names, List<Long> examples) {
    /**
     * Copies the lists.
     *
     * @throws PaletteException when a task has no examples
     */
    public TaskSizes {
        names = List.copyOf(names);
        examples = List.copyOf(examples);
        if (names.size() != examples.size() || names.isEmpty()) {
            throw new IllegalArgumentException("%s have %s examples".formatted(names, examples));
        }
        if (examples.stream().anyMatch(n -> n < 1)) {
            throw new PaletteException(
                    "tasks of sizes %s can't be drawn from: each needs training examples".formatted(examples));
        }
    }

    /** Tasks named by their places, {@code 0} and so on. */
    public static TaskSizes of(long... examples) {
        List<Long> all = Arrays.stream(examples).boxed().toList();
        return new TaskSizes(
                IntStream.range(0, all.size()).mapToObj(String::valueOf).toList(), all);
    }

    /** How many tasks there are. */
    public int count() {
        return names.size();
    }

    /** Those tasks alone whose names are among the given ones, in this order; all where none is. */
    TaskSizes among(List<String> wanted) {
        List<String> left = names.stream().filter(wanted::contains).toList();
        return left.isEmpty()
                ? this
                : new TaskSizes(
                        left,
                        left.stream()
                                .map(name -> examples.get(names.indexOf(name)))
                                .toList());
    }
}
