package dev.palette.sampler;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.List;
import java.util.function.Consumer;

/**
 * More batches for tasks whose training loss has fallen least:
 *
 * <pre>w_i = N_i^α · r_i^γ,   r_i = L̄_i / L_i(0),   p_i = (1 − ε) w_i / Σ w + ε/n</pre>
 *
 * <p>L̄_i is the running mean of the task's losses, L_i(0) its first: their ratio is the inverse training rate of Chen et al. (2018,
 * §3.1), which compares losses of different kinds. Before a task's first report it is 1.
 *
 * @param every optimizer steps between two looks at the losses; 100 by default
 * @param size α, the exponent of the task's size; 0.5 by default
 * @param power γ, the exponent of its inverse training rate; 1 by default
 * @param smoothing share of the running mean that a new loss leaves as it was; 0.5 by default
 * @param explore ε, the share of batches that goes to all tasks alike; 0.1 by default
 * @see "Chen et al. 2018, GradNorm: Gradient Normalization for Adaptive Loss Balancing, §3.1 (arXiv:1711.02257)"
 */
public record LossDriven(
        @Limit(least = 1) int every,
        @Limit(least = 0, most = 1) double size,
        @Limit(least = 0) double power,
        @Limit(least = 0, most = 1) double smoothing,
        @Limit(least = 0, most = 1) double explore)
        implements TaskSampling {
    /** Checks the ranges. */
    public LossDriven {
        Limits.check(LossDriven.class, every, size, power, smoothing, explore);
    }

    /** Loss-driven sampling configured by a block: {@code LossDriven.of(l -> l.every(50))}. */
    public static LossDriven of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "lossDriven";
    }

    @Override
    public boolean isReportDue(long step) {
        return step % every == 0;
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        return (draw, uniform, reports) -> distribution(tasks, reports).draw(uniform);
    }

    /** The probabilities after some reports. */
    Distribution distribution(TaskSizes tasks, List<TaskReport> reports) {
        double[] weights = Distribution.weights(tasks, n -> Math.pow(n, size));
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= Math.pow(inverseTrainingRate(tasks.names().get(i), reports), power);
        }
        return Distribution.of(weights).mixedWithEven(explore);
    }

    private double inverseTrainingRate(String task, List<TaskReport> reports) {
        double[] losses = reports.stream()
                .map(TaskReport::losses)
                .filter(report -> report.containsKey(task))
                .mapToDouble(report -> report.get(task))
                .toArray();
        if (losses.length == 0 || losses[0] <= 0) {
            return 1;
        }
        double mean = losses[0];
        for (double loss : losses) {
            mean = smoothing * mean + (1 - smoothing) * loss;
        }
        return Math.max(mean, 0) / losses[0];
    }

    /** Options of {@code lossDriven}. */
    public static final class Options implements Block<LossDriven> {
        private int every = 100;
        private double size = 0.5;
        private double power = 1.0;
        private double smoothing = 0.5;
        private double explore = 0.1;

        /** Optimizer steps between two looks at the losses; 100 by default. */
        public Options every(int steps) {
            every = steps;
            return this;
        }

        /** Exponent of a task's size; 0.5 by default. */
        public Options size(double alpha) {
            size = alpha;
            return this;
        }

        /** Exponent of a task's loss relative to its first; 1 by default. */
        public Options power(double gamma) {
            power = gamma;
            return this;
        }

        /** Share of the running mean of losses that a new one leaves as it was; 0.5 by default. */
        public Options smoothing(double share) {
            smoothing = share;
            return this;
        }

        /** Share of batches that goes to all tasks alike; 0.1 by default. */
        public Options explore(double share) {
            explore = share;
            return this;
        }

        @Override
        public LossDriven build() {
            return new LossDriven(every, size, power, smoothing, explore);
        }
    }
}
