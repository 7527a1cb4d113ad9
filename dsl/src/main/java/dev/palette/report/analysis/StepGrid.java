package dev.palette.report.analysis;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/**
 * The steps at which curves of one metric are drawn, the same for all runs, so that seeds can be averaged. Where runs logged at few
 * steps these are the steps; where at more than a chart has room for, each point of the grid stands for the mean of those since the point
 * before.
 *
 * @param ends ascending; each the last step of its part
 */
public record StepGrid(long[] ends) {
    /**
     * The grid of some runs' values.
     *
     * @param most points, at least 1
     */
    static StepGrid of(Collection<Series> all, int most) {
        TreeSet<Long> steps = new TreeSet<>();
        long last = 0;
        for (Series series : all) {
            for (int i = 0; i < series.size() && steps.size() <= most; i++) {
                steps.add(series.step(i));
            }
            last = Math.max(last, series.size() == 0 ? 0 : series.step(series.size() - 1));
        }
        if (steps.size() <= most) {
            return new StepGrid(steps.stream().mapToLong(Long::longValue).toArray());
        }
        long[] ends = new long[most];
        for (int i = 0; i < most; i++) {
            ends[i] = (last * (i + 1) + most - 1) / most;
        }
        return new StepGrid(Arrays.stream(ends).distinct().toArray());
    }

    /** One run on the grid: the mean of each part's finite values, NaN where there is none. */
    double[] means(Series series) {
        double[] sums = new double[ends.length];
        int[] counts = new int[ends.length];
        int part = 0;
        for (int i = 0; i < series.size(); i++) {
            while (part < ends.length - 1 && series.step(i) > ends[part]) {
                part++;
            }
            if (Double.isFinite(series.value(i))) {
                sums[part] += series.value(i);
                counts[part]++;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i] == 0 ? Double.NaN : sums[i] / counts[i];
        }
        return sums;
    }

    /** How many values of one run fall in each part, whatever they are. */
    int[] counts(Series series) {
        int[] counts = new int[ends.length];
        int part = 0;
        for (int i = 0; i < series.size(); i++) {
            while (part < ends.length - 1 && series.step(i) > ends[part]) {
                part++;
            }
            counts[part]++;
        }
        return counts;
    }
}
