package dev.palette.report.analysis;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.stat.StatUtils;

/**
 * One metric of one variant along its steps, on the metric's {@link StepGrid}. What is not known is NaN.
 *
 * @param variant which, from 0
 * @param metric which, from 0
 * @param mean over the seeds that have a value there
 * @param low the mean less the sample's standard deviation over seeds; empty where there is one seed
 * @param high the mean and the deviation; empty where there is one seed
 * @param seeds each seed's own
 */
public record Curve(int variant, int metric, double[] mean, double[] low, double[] high, List<OfSeed> seeds) {
    /**
     * A run's own curve.
     *
     * @param seed the trial's
     * @param values on the grid
     */
    public record OfSeed(long seed, double[] values) {}

    /** The curve of some seeds, with its band. */
    static Curve of(int variant, int metric, List<OfSeed> seeds) {
        int points = seeds.get(0).values().length;
        boolean band = seeds.size() > 1;
        double[] mean = new double[points];
        double[] low = new double[band ? points : 0];
        double[] high = new double[band ? points : 0];
        for (int i = 0; i < points; i++) {
            int point = i;
            double[] there = seeds.stream()
                    .mapToDouble(seed -> seed.values()[point])
                    .filter(Double::isFinite)
                    .toArray();
            mean[i] = StatUtils.mean(there); // NaN of none
            if (band) {
                double deviation = there.length > 1 ? Math.sqrt(StatUtils.variance(there)) : Double.NaN;
                low[i] = mean[i] - deviation;
                high[i] = mean[i] + deviation;
            }
        }
        return new Curve(variant, metric, mean, low, high, new ArrayList<>(seeds));
    }
}
