package dev.palette.sampler;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A bandit that learns while training which tasks still gain: Exp3.S (Auer et al. 2002) with learning progress as its reward, as Graves
 * et al. (2017) teach with it. At each evaluation a task's reward is its score's gain, scaled so that the 20th percentile of all gains
 * so far is −1 and the 80th 1, and cut off there; then
 *
 * <pre>v_i = w_i + η r_i,   w_i ← log((1 − α) exp v_i + α/(n − 1) Σ_{j≠i} exp v_j),   p_i = (1 − ε) softmax(w)_i + ε/n</pre>
 *
 * <p>All tasks are evaluated, so that no reward has to be estimated from the drawn ones and divided by their probability, as it is
 * where only the drawn arm pays.
 *
 * @param rate η, how far one reward moves a weight; 0.5 by default
 * @param share α, the part of each weight that goes to the others, so that the past is forgotten; 0.05 by default
 * @param explore ε, the share of batches that goes to all tasks alike; 0.1 by default
 * @see "Graves et al. 2017, Automated Curriculum Learning for Neural Networks, §2.1 to §2.3 (arXiv:1704.03003)"
 */
public record Bandit(
        @Limit(least = 0, above = true) double rate,
        @Limit(least = 0, most = 1) double share,
        @Limit(least = 0, most = 1) double explore)
        implements TaskSampling {
    private static final double LOW = 0.2;
    private static final double HIGH = 0.8;

    /** Checks the ranges. */
    public Bandit {
        Limits.check(Bandit.class, rate, share, explore);
    }

    /** A bandit configured by a block: {@code Bandit.of(b -> b.rate(0.3))}. */
    public static Bandit of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "bandit";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        return (draw, uniform, reports) -> distribution(tasks, reports).draw(uniform);
    }

    /** The probabilities after some reports. */
    Distribution distribution(TaskSizes tasks, List<TaskReport> reports) {
        List<Map<String, Double>> evaluations = reports.stream()
                .map(TaskReport::scores)
                .filter(scores -> scores.keySet().containsAll(tasks.names()))
                .toList();
        double[] weights = new double[tasks.count()];
        List<Double> allGains = new ArrayList<>();
        for (int evaluation = 1; evaluation < evaluations.size(); evaluation++) {
            double[] gains = gains(tasks, evaluations.get(evaluation - 1), evaluations.get(evaluation));
            Arrays.stream(gains).forEach(allGains::add);
            weights = moved(weights, rewards(gains, allGains));
        }
        double greatest = Arrays.stream(weights).max().orElseThrow();
        return Distribution.of(
                        Arrays.stream(weights).map(w -> Math.exp(w - greatest)).toArray())
                .mixedWithEven(explore);
    }

    private static double[] gains(TaskSizes tasks, Map<String, Double> before, Map<String, Double> after) {
        return tasks.names().stream()
                .mapToDouble(task -> after.getOrDefault(task, 0.0) - before.getOrDefault(task, 0.0))
                .toArray();
    }

    /** Gains between −1 and 1, as the percentiles of all of them have it. */
    private static double[] rewards(double[] gains, List<Double> all) {
        double low = quantile(all, LOW);
        double high = quantile(all, HIGH);
        return Arrays.stream(gains)
                .map(gain -> high == low ? 0 : Math.max(-1, Math.min(1, 2 * (gain - low) / (high - low) - 1)))
                .toArray();
    }

    /** Between two of the sorted values it goes along the straight line (Hyndman &amp; Fan's seventh definition). */
    private static double quantile(List<Double> values, double part) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private double[] moved(double[] weights, double[] rewards) {
        int n = weights.length;
        if (n == 1) {
            return weights;
        }
        double[] raised = new double[n];
        Arrays.setAll(raised, i -> weights[i] + rate * rewards[i]);
        double greatest = Arrays.stream(raised).max().orElseThrow();
        double[] grown = Arrays.stream(raised).map(v -> Math.exp(v - greatest)).toArray();
        double total = Arrays.stream(grown).sum();
        double[] moved = new double[n];
        Arrays.setAll(moved, i -> greatest + Math.log((1 - share) * grown[i] + share / (n - 1) * (total - grown[i])));
        return moved;
    }

    /** Options of {@code bandit}. */
    public static final class Options implements Block<Bandit> {
        private double rate = 0.5;
        private double share = 0.05;
        private double explore = 0.1;

        /** How far one reward moves a task's weight; 0.5 by default. */
        public Options rate(double eta) {
            rate = eta;
            return this;
        }

        /** Part of each task's weight that goes to the others at each evaluation; 0.05 by default. */
        public Options share(double alpha) {
            share = alpha;
            return this;
        }

        /** Share of batches that goes to all tasks alike; 0.1 by default. */
        public Options explore(double epsilon) {
            explore = epsilon;
            return this;
        }

        @Override
        public Bandit build() {
            return new Bandit(rate, share, explore);
        }
    }
}
