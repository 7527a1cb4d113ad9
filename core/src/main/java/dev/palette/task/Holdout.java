package dev.palette.task;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A task's training examples in two: those it is trained on, and those that choose the best checkpoint, so that the dev split is
 * left for reporting.
 *
 * @param training the larger part, as a rule
 * @param selection the share taken out
 */
public record Holdout(Dataset training, Dataset selection) {
    /**
     * Takes a share out at random; which examples depends on the seed and the task's name alone. Each part has at least one
     * example and keeps the file's order.
     *
     * @param toTrain the training split as it is trained on
     * @param toPredict the same split as it is predicted
     * @param share of the examples, in (0, 1)
     * @throws PaletteException when there is but one example
     */
    public static Holdout of(Dataset toTrain, Dataset toPredict, double share, RandomStreams random, String task) {
        int n = toTrain.items();
        if (n < 2) {
            throw new PaletteException(
                    "task '%s' has %d training example, too few to hold any out; expected at least 2, or selectOn dev"
                            .formatted(task, n));
        }
        int taken = Math.min(n - 1, Math.max(1, (int) Math.round(n * share)));
        int[] order = random.permutation("holdout " + task, 0, n);
        boolean[] isTaken = new boolean[n];
        for (int i = 0; i < taken; i++) {
            isTaken[order[i]] = true;
        }
        return new Holdout(toTrain.select(indices(n, i -> !isTaken[i])), toPredict.select(indices(n, i -> isTaken[i])));
    }

    private static int[] indices(int n, IntPredicate kept) {
        return IntStream.range(0, n).filter(kept).toArray();
    }
}
