package dev.palette.sampler;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Probabilities of drawing each task. */
final class Distribution {
    private final double[] probabilities;

    private Distribution(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /** p_i ∝ N_i^α (Stickland &amp; Murray 2019, §3.3). */
    static Distribution power(TaskSizes tasks, double alpha) {
        return of(weights(tasks, n -> Math.pow(n, alpha)));
    }

    /** A weight for each task, of its size. */
    static double[] weights(TaskSizes tasks, DoubleUnaryOperator ofSize) {
        return tasks.examples().stream()
                .mapToDouble(n -> ofSize.applyAsDouble(n))
                .toArray();
    }

    /** p_i ∝ w_i; all equally likely where all weights are 0. */
    static Distribution of(double[] weights) {
        double total = Arrays.stream(weights).sum();
        if (!(total >= 0) || Double.isInfinite(total)) {
            throw new IllegalArgumentException("no weights: " + Arrays.toString(weights));
        }
        return new Distribution(Arrays.stream(weights)
                .map(w -> total == 0 ? 1.0 / weights.length : w / total)
                .toArray());
    }

    /** (1 − ε) p_i + ε/n: every task stays within reach. */
    Distribution mixedWithEven(double epsilon) {
        return new Distribution(Arrays.stream(probabilities)
                .map(p -> (1 - epsilon) * p + epsilon / probabilities.length)
                .toArray());
    }

    double[] probabilities() {
        return probabilities.clone();
    }

    /** The task whose share of the unit interval holds the number: the first whose cumulative probability exceeds it. */
    int draw(double uniform) {
        double total = Arrays.stream(probabilities).sum();
        double reached = 0;
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            reached += probabilities[i];
            if (probabilities[i] > 0) {
                last = i; // rounding may leave a number above all shares
                if (uniform < reached / total) {
                    return i;
                }
            }
        }
        return last;
    }
}
