package dev.palette.statistics;

import dev.palette.spec.RandomStreams;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.StatUtils;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The multi-bootstrap (Sellam et al., "The MultiBERTs", ICLR 2022, §4): a difference between two lines, with seeds and examples drawn
 * anew, both with replacement. The examples come drawn ({@link ExampleResampling}); each replicate here draws seeds as well.
 *
 * <p>Lines with the same seeds are paired: a seed is drawn for both together, because two variants of one seed see the same data in the
 * same order, and differ in the variant alone. Other lines draw their seeds each for itself.
 *
 * <p>The interval is that of the percentiles. Its p-value is the least level at which the interval leaves 0 out, with one replicate
 * more counted against the effect, so that it is never 0.
 */
public final class MultiBootstrap {
    /** Gives p-values down to 0.0004, low enough for Holm's correction of a hundred comparisons. */
    public static final int REPLICATES = 5_000;

    private static final String SEEDS = "bootstrap seeds";

    private MultiBootstrap() {}

    /**
     * One line of a table, in one figure.
     *
     * @param observed (seeds) what each run scored
     * @param resampled (seeds, replicates) what it scores on each draw of the examples
     */
    public record Line(double[] observed, double[][] resampled) {
        int seeds() {
            return observed.length;
        }
    }

    /**
     * Compares two lines.
     *
     * @param first the baseline
     * @param second the other
     * @param paired whether they have the same seeds, in the same order
     * @param margin of equivalence, in the figure's units; empty to test none
     */
    public static Comparison compare(Line first, Line second, boolean paired, OptionalDouble margin) {
        return compare(first, second, paired, margin, MultiBootstrap::drawSeeds);
    }

    /** Draws seeds for a replicate. */
    interface SeedDraw {
        /**
         * The drawn ones, by their number from 0.
         *
         * @param line 0 for the first line, and for both where they are paired; 1 for the second
         */
        int[] draw(int replicate, int line, int seeds);
    }

    static Comparison compare(Line first, Line second, boolean paired, OptionalDouble margin, SeedDraw seeds) {
        if (paired && first.seeds() != second.seeds()) {
            throw new IllegalArgumentException(
                    "%d seeds cannot be paired with %d".formatted(first.seeds(), second.seeds()));
        }
        double[] effects = new double[first.resampled()[0].length];
        for (int b = 0; b < effects.length; b++) {
            int[] ofFirst = seeds.draw(b, 0, first.seeds());
            int[] ofSecond = paired ? ofFirst : seeds.draw(b, 1, second.seeds());
            effects[b] = mean(second, ofSecond, b) - mean(first, ofFirst, b);
        }
        double error = Math.sqrt(StatUtils.variance(effects));
        return new Comparison(
                StatUtils.mean(second.observed()) - StatUtils.mean(first.observed()),
                interval(effects),
                twoSided(effects),
                margin.isPresent() ? OptionalDouble.of(equivalence(effects, margin.getAsDouble())) : margin,
                Comparison.detectable(error, new NormalDistribution()),
                Math.min(first.seeds(), second.seeds()),
                paired,
                true);
    }

    private static int[] drawSeeds(int replicate, int line, int seeds) {
        UniformRandomProvider random = new RandomStreams(line).stream(SEEDS, replicate);
        return random.ints(seeds, 0, seeds).toArray();
    }

    private static double mean(Line line, int[] seeds, int replicate) {
        double sum = 0;
        for (int seed : seeds) {
            sum += line.resampled()[seed][replicate];
        }
        return sum / seeds.length;
    }

    private static Interval interval(double[] effects) {
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7); // NumPy's
        percentile.setData(effects);
        double tail = 100 * Comparison.LEVEL / 2;
        return new Interval(percentile.evaluate(tail), percentile.evaluate(100 - tail));
    }

    private static double twoSided(double[] effects) {
        long notAbove = Arrays.stream(effects).filter(effect -> effect <= 0).count();
        long notBelow = Arrays.stream(effects).filter(effect -> effect >= 0).count();
        return Math.min(1, 2 * share(Math.min(notAbove, notBelow), effects));
    }

    private static double equivalence(double[] effects, double margin) {
        long below = Arrays.stream(effects).filter(effect -> effect <= -margin).count();
        long above = Arrays.stream(effects).filter(effect -> effect >= margin).count();
        return share(Math.max(below, above), effects);
    }

    private static double share(long count, double[] effects) {
        return (count + 1.0) / (effects.length + 1.0);
    }
}
