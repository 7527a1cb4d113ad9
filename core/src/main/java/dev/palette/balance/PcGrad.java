package dev.palette.balance;

import dev.palette.spec.Block;
import dev.palette.task.Loss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Gradient surgery (Yu et al. 2020): what tasks share is moved by the sum of their gradients, each without its parts that conflict with
 * another's. For each task i, over the others j in random order, where g_i · g_j is below 0,
 *
 * <pre>g_i ← g_i − (g_i · g_j / ‖g_j‖²) g_j</pre>
 *
 * <p>with g_j as it was. Each g is the gradient over all parameters that tasks share, weighted by the task's share of the step's batches.
 * The result is a sum of the tasks' gradients with other factors, which follow from their inner products alone.
 *
 * @see "Yu et al. 2020, Gradient Surgery for Multi-Task Learning, algorithm 1 (arXiv:2001.06782)"
 */
public record PcGrad() implements LossBalancing {
    @Override
    public String label() {
        return "pcGrad";
    }

    @Override
    public Compared compared() {
        return Compared.SHARED;
    }

    @Override
    public Balancer balancer(Map<String, Loss> tasks) {
        return new Balancer() {
            @Override
            public double weight(String task, BalanceState state) {
                return 1;
            }

            @Override
            public double[] shared(StepTasks step, double[] weights) {
                return projected(step);
            }
        };
    }

    /** What each task's gradient counts in the sum of the projected ones. */
    static double[] projected(StepTasks step) {
        int n = step.count();
        double[] total = new double[n];
        Random random = new Random(step.seed());
        for (int i = 0; i < n; i++) {
            int own = i;
            List<Integer> others = new ArrayList<>(
                    IntStream.range(0, n).filter(j -> j != own).boxed().toList());
            Collections.shuffle(others, random);
            double[] parts = projected(i, others, step);
            for (int j = 0; j < n; j++) {
                total[j] += parts[j] / step.shares()[j]; // the step counts each task by its share, once more
            }
        }
        return total;
    }

    /** One task's projected gradient, in parts of all tasks' weighted ones times their shares. */
    private static double[] projected(int task, List<Integer> others, StepTasks step) {
        double[] parts = new double[step.count()];
        parts[task] = step.shares()[task];
        for (int other : others) {
            double product = 0;
            for (int k = 0; k < parts.length; k++) {
                product += parts[k] * step.products()[k][other];
            }
            if (product < 0) {
                parts[other] -= product / step.products()[other][other];
            }
        }
        return parts;
    }

    /** Gradient surgery has no options. */
    public static final class Options implements Block<PcGrad> {
        @Override
        public PcGrad build() {
            return new PcGrad();
        }
    }
}
