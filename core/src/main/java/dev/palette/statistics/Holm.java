package dev.palette.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's (1979) correction: the probability of one false claim or more, among all that are made together, stays below the level. */
public final class Holm {
    private Holm() {}

    /**
     * Corrected p-values, each to be compared with the level itself.
     *
     * @param p those of all tests that are reported together
     * @return in the same order
     */
    public static double[] adjust(double[] p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double least = 0;
        for (int rank = 0; rank < p.length; rank++) {
            least = Math.max(least, Math.min(1, (p.length - rank) * p[ascending[rank]]));
            adjusted[ascending[rank]] = least;
        }
        return adjusted;
    }
}
