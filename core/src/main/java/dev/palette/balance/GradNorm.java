package dev.palette.balance;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.task.Loss;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Weights that bring the tasks' gradients to sizes that fit how far each has come (Chen et al. 2018). With G_i = w_i ‖∇_W L_i‖ over the
 * parameters W that the step's tasks share in the topmost layer, L̃_i = L_i / L_i(0) the loss as a part of the task's first, and r_i = L̃_i / mean L̃,
 *
 * <pre>w_i ← w_i − η sign(G_i − mean(G) r_i^α) ‖∇_W L_i‖</pre>
 *
 * <p>which is the gradient of Σ|G_i − mean(G) r_i^α| with the targets taken as constants; then the weights of the step's tasks are scaled so
 * that their sum is what it was before. With a step that has all tasks the sum so stays at their number; with one that has some of them, so
 * does the sum over all. Means are over the tasks of the step. A step of a single task changes no weight.
 *
 * @param alpha α, how strongly tasks that have come less far are pushed; 1.5 by default
 * @param rate η; 0.025 by default
 * @see "Chen et al. 2018, GradNorm: Gradient Normalization for Adaptive Loss Balancing in Deep Multitask Networks, §3 (arXiv:1711.02257)"
 */
public record GradNorm(
        @Limit(least = 0) double alpha,
        @Limit(least = 0, above = true) double rate) implements LossBalancing {
    private static final String WEIGHT = "weight";
    private static final String FIRST = "firstLoss";
    /** No step takes a weight below this, so that no task's loss is turned round. */
    private static final double LEAST = 1e-3;

    /** Checks the ranges. */
    public GradNorm {
        Limits.check(GradNorm.class, alpha, rate);
    }

    /** The method configured by a block: {@code GradNorm.of(g -> g.alpha(0.5))}. */
    public static GradNorm of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "gradNorm";
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public Compared compared() {
        return Compared.TOP_SHARED_LAYER;
    }

    @Override
    public Balancer balancer(Map<String, Loss> tasks) {
        return new Balancer() {
            @Override
            public double weight(String task, BalanceState state) {
                return state.get(WEIGHT, task, 1);
            }

            @Override
            public BalanceState after(StepTasks step, BalanceState state) {
                BalanceState next = state;
                for (int i = 0; i < step.count(); i++) {
                    String task = step.tasks().get(i);
                    next = next.has(FIRST, task) ? next : next.with(FIRST, task, step.losses()[i]);
                }
                return step.count() > 1 ? moved(step, next) : next;
            }
        };
    }

    private BalanceState moved(StepTasks step, BalanceState state) {
        int n = step.count();
        double[] weights = new double[n];
        double[] norms = new double[n];
        double[] left = new double[n];
        for (int i = 0; i < n; i++) {
            String task = step.tasks().get(i);
            double first = state.get(FIRST, task, 1);
            weights[i] = state.get(WEIGHT, task, 1);
            norms[i] = Math.sqrt(step.products()[i][i]);
            left[i] = first > 0 ? step.losses()[i] / first : 1;
        }
        if (Arrays.stream(norms).allMatch(norm -> norm == 0)) {
            return state; // nothing is shared yet: layers are still frozen
        }
        double[] changed = changed(weights, norms, left);
        double scale = Arrays.stream(weights).sum() / Arrays.stream(changed).sum();
        BalanceState next = state;
        for (int i = 0; i < n; i++) {
            next = next.with(WEIGHT, step.tasks().get(i), scale * changed[i]);
        }
        return next;
    }

    private double[] changed(double[] weights, double[] norms, double[] left) {
        double meanLeft = Arrays.stream(left).average().orElseThrow();
        double meanSize = 0;
        for (int i = 0; i < weights.length; i++) {
            meanSize += weights[i] * norms[i] / weights.length;
        }
        double[] changed = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double relative = meanLeft > 0 ? left[i] / meanLeft : 1;
            double target = meanSize * Math.pow(relative, alpha);
            double slope = Math.signum(weights[i] * norms[i] - target) * norms[i];
            changed[i] = Math.max(LEAST, weights[i] - rate * slope);
        }
        return changed;
    }

    /** Options of {@code gradNorm}. */
    public static final class Options implements Block<GradNorm> {
        private double alpha = 1.5;
        private double rate = 0.025;

        /** How strongly tasks that have come less far are pushed; 0 for gradients of one size; 1.5 by default. */
        public Options alpha(double value) {
            alpha = value;
            return this;
        }

        /** Learning rate of the weights; 0.025 by default. */
        public Options rate(double eta) {
            rate = eta;
            return this;
        }

        @Override
        public GradNorm build() {
            return new GradNorm(alpha, rate);
        }
    }
}
