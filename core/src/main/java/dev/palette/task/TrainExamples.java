package dev.palette.task;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Draws the part of a task's training examples that a study of little data trains on.
 *
 * <p>Which examples depends on the seed and the task's name alone, so that a trial's variants see the same and its seeds do not. Classes are
 * taken in proportion: of the n drawn, a class has its share of n, rounded; one with less than half an example's share may have none. The
 * first 100 are among the first 500, so that a curve over sizes adds examples and never exchanges them.
 */
public final class TrainExamples {
    private TrainExamples() {}

    /**
     * The indices of the examples that are trained on, in the file's order; empty where all are.
     *
     * @param train the training split, of which {@link Dataset#items} are drawn
     * @throws PaletteException when there are fewer than the task asks for
     */
    public static Optional<int[]> of(Task task, Dataset train, RandomStreams random) {
        Integer count = task.trainExamples();
        if (count == null) {
            return Optional.empty();
        }
        int n = train.items();
        if (count > n) {
            throw new PaletteException(
                    "task '%s' has %d training examples, fewer than trainExamples %d".formatted(task.name(), n, count));
        }
        return Optional.of(drawn(train, count, random.permutation("train examples " + task.name(), 0, n)));
    }

    /**
     * Some examples of a split.
     *
     * @param order all of them, as drawn
     */
    static int[] drawn(Dataset data, int count, int[] order) {
        double[] place = places(data.classes(), order);
        return IntStream.of(order)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> place[item])) // stable: equals in the order drawn
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** How far into its class each example is drawn, from 0 to 1: whoever takes the lowest takes of every class in proportion. */
    private static double[] places(int[] classes, int[] order) {
        Map<Integer, Integer> sizes = new HashMap<>();
        IntStream.of(classes).forEach(each -> sizes.merge(each, 1, Integer::sum));
        Map<Integer, Integer> drawn = new HashMap<>();
        double[] place = new double[order.length];
        for (int item : order) {
            int before = drawn.merge(classes[item], 1, Integer::sum) - 1;
            place[item] = (before + 0.5) / sizes.getOrDefault(classes[item], 1);
        }
        return place;
    }
}
