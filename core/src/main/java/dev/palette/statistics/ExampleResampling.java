package dev.palette.statistics;

import dev.palette.spec.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Draws the examples of every split anew, many times, and scores runs on them. All runs are scored on the same draws, so that an
 * example that is hard for all of them does not pass for a difference between them. The draws hang on nothing but their number and the
 * split's name: the same files give the same table.
 */
public final class ExampleResampling {
    private static final int EVERY_TIME_ALIKE = 1;

    private final int replicates;

    /**
     * A resampling.
     *
     * @param replicates how many times all examples are drawn
     */
    public ExampleResampling(int replicates) {
        this.replicates = replicates;
    }

    /**
     * The scores of some runs.
     *
     * @return (runs, replicates)
     */
    public double[][] of(List<? extends ResampledScore> runs) {
        double[][] scores = new double[runs.size()][replicates];
        IntStream.range(0, replicates).parallel().forEach(replicate -> {
            ResampledScore.Draw draw = draw(replicate);
            for (int run = 0; run < scores.length; run++) {
                scores[run][replicate] = runs.get(run).on(draw);
            }
        });
        return scores;
    }

    /** One draw of everything; for one thread. */
    private static ResampledScore.Draw draw(int replicate) {
        Map<String, int[]> drawn = new HashMap<>();
        return (split, size) -> drawn.computeIfAbsent(split, unseen -> counts(split, size, replicate));
    }

    private static int[] counts(String split, int size, int replicate) {
        UniformRandomProvider random =
                new RandomStreams(EVERY_TIME_ALIKE).stream("bootstrap examples " + split, replicate);
        int[] counts = new int[size];
        for (int i = 0; i < size; i++) {
            counts[random.nextInt(size)]++;
        }
        return counts;
    }

    /** The draw in which every example stands once: what a run really scored. */
    public static ResampledScore.Draw everyExampleOnce() {
        return (split, size) -> {
            int[] once = new int[size];
            Arrays.fill(once, 1);
            return once;
        };
    }
}
