package dev.palette.report.analysis;

import dev.palette.report.analysis.RegressionTree.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.stat.StatUtils;

/**
 * How much of the scores' variation each setting explains by itself: functional analysis of variance over a forest of regression trees
 * (Hutter, Hoos &amp; Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML 2014, §3). Each tree is fitted
 * to a bootstrap sample of the variants; averaging it over all other settings, each value as likely, leaves a function of one setting,
 * whose variance is that setting's share. What no setting explains alone is due to several together.
 *
 * <p>It describes the variants that were tried. A search that stays near good settings shows the others as unimportant when they were
 * not varied, and scores of few seeds make noise look like importance.
 *
 * @param variants how many have a score; without enough of them there are no shares
 * @param needed how many are enough
 * @param settings by falling share
 * @param together the share of no single setting; NaN where there are no shares
 */
public record Importance(int variants, int needed, List<Setting> settings, double together) {
    private static final int TREES = 64;
    private static final int LEAST = 8;
    private static final int LEAST_OF_AXIS = 3;
    private static final long SEED = 1;

    /**
     * One setting.
     *
     * @param axis which of {@link Variants#axes()}
     * @param share of the variance, the mean over trees; 0 to 1
     * @param deviation standard deviation over trees: how sure the share is
     */
    public record Setting(int axis, double share, double deviation) {}

    /** The settings of some variants, by their mean scores. */
    public static Importance of(Variants variants) {
        return of(
                variants.axes(),
                variants.list().stream().mapToDouble(VariantRuns::score).toArray());
    }

    /**
     * The settings of some axes.
     *
     * @param all a score for each variant; NaN for those that have none and do not count
     */
    static Importance of(List<SweepAxis> axes, double[] all) {
        int[] scored = IntStream.range(0, all.length)
                .filter(i -> !Double.isNaN(all[i]))
                .toArray();
        double[] scores = Arrays.stream(scored).mapToDouble(i -> all[i]).toArray();
        int needed = Math.max(LEAST, LEAST_OF_AXIS * axes.size());
        if (axes.isEmpty() || scores.length < needed || StatUtils.variance(scores) == 0) {
            return new Importance(scores.length, needed, List.of(), Double.NaN);
        }
        List<Cells> cells = axes.stream()
                .map(Cells::of)
                .map(whole -> new Cells(
                        Arrays.stream(scored).map(i -> whole.of()[i]).toArray(), whole.count(), whole.ordered()))
                .toList();
        return grown(cells, scores, needed);
    }

    private static Importance grown(List<Cells> axes, double[] scores, int needed) {
        List<double[]> shares = new ArrayList<>();
        Random random = new Random(SEED);
        for (int tree = 0; tree < TREES; tree++) {
            int[] rows = random.ints(scores.length, 0, scores.length).toArray();
            List<Leaf> leaves = RegressionTree.leaves(axes, scores, rows);
            if (leaves.size() > 1) {
                shares.add(shares(axes, leaves));
            }
        }
        List<Setting> settings = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            int which = axis;
            double[] ofAxis = shares.stream().mapToDouble(share -> share[which]).toArray();
            settings.add(new Setting(axis, StatUtils.mean(ofAxis), Math.sqrt(StatUtils.variance(ofAxis))));
        }
        settings.sort((a, b) -> Double.compare(b.share(), a.share()));
        double alone = settings.stream().mapToDouble(Setting::share).sum();
        return new Importance(scores.length, needed, settings, Math.max(0, 1 - alone));
    }

    /** Each axis's share of one tree's variance over the whole space, every cell as likely. */
    private static double[] shares(List<Cells> axes, List<Leaf> leaves) {
        double mean = 0;
        double square = 0;
        for (Leaf leaf : leaves) {
            double volume = volume(axes, leaf, -1);
            mean += volume * leaf.mean();
            square += volume * leaf.mean() * leaf.mean();
        }
        double variance = square - mean * mean;
        double[] shares = new double[axes.size()];
        for (int axis = 0; axis < axes.size(); axis++) {
            double[] marginal = new double[axes.get(axis).count()];
            for (Leaf leaf : leaves) {
                double weight = volume(axes, leaf, axis) * leaf.mean();
                for (int cell = 0; cell < marginal.length; cell++) {
                    marginal[cell] += (leaf.box()[axis] >> cell & 1) * weight;
                }
            }
            shares[axis] = variance <= 0 ? 0 : StatUtils.populationVariance(marginal) / variance;
        }
        return shares;
    }

    /** The part of the space that a leaf takes, one axis not counted. */
    private static double volume(List<Cells> axes, Leaf leaf, int without) {
        double volume = 1;
        for (int axis = 0; axis < axes.size(); axis++) {
            if (axis != without) {
                volume *= (double) Long.bitCount(leaf.box()[axis])
                        / axes.get(axis).count();
            }
        }
        return volume;
    }
}
