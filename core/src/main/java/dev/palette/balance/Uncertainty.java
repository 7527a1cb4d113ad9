package dev.palette.balance;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.task.Loss;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Weights by each task's homoscedastic uncertainty σ, which is learnt with s = log σ² (Kendall et al. 2018):
 *
 * <pre>(1/n) Σ_b c e^(−s) ℓ_b + s/2,   c = 1/2 for a squared error, 1 for a cross-entropy</pre>
 *
 * <p>so that a task's loss counts c e^(−s). Each step moves the s of its own tasks by plain gradient descent:
 *
 * <pre>s ← s + η q (c e^(−s) L − 1/2)</pre>
 *
 * <p>with L the mean loss of the task's batches in the step and q their share of it. A step of one task moves that task's s alone.
 *
 * @param rate η; 0.025 by default
 * @see "Kendall, Gal and Cipolla 2018, Multi-Task Learning Using Uncertainty to Weigh Losses, §3.2 (arXiv:1705.07115)"
 */
public record Uncertainty(@Limit(least = 0, above = true) double rate) implements LossBalancing {
    private static final String LOG_VARIANCE = "logVariance";

    /** Checks the range. */
    public Uncertainty {
        Limits.check(Uncertainty.class, rate);
    }

    /** The method configured by a block: {@code Uncertainty.of(u -> u.rate(0.01))}. */
    public static Uncertainty of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "uncertainty";
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public Balancer balancer(Map<String, Loss> tasks) {
        return new Balancer() {
            @Override
            public double weight(String task, BalanceState state) {
                double c = tasks.get(task) == Loss.MEAN_SQUARED_ERROR ? 0.5 : 1;
                return c * Math.exp(-state.get(LOG_VARIANCE, task, 0));
            }

            @Override
            public BalanceState after(StepTasks step, BalanceState state) {
                BalanceState next = state;
                for (int i = 0; i < step.count(); i++) {
                    String task = step.tasks().get(i);
                    double push = weight(task, state) * step.losses()[i] - 0.5;
                    double s = state.get(LOG_VARIANCE, task, 0) + rate * step.shares()[i] * push;
                    next = next.with(LOG_VARIANCE, task, s);
                }
                return next;
            }
        };
    }

    /** Options of {@code uncertainty}. */
    public static final class Options implements Block<Uncertainty> {
        private double rate = 0.025;

        /** Learning rate of the logarithms of the variances; 0.025 by default. */
        public Options rate(double eta) {
            rate = eta;
            return this;
        }

        @Override
        public Uncertainty build() {
            return new Uncertainty(rate);
        }
    }
}
