package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.palette.balance.Balancer;
import dev.palette.balance.StepTasks;
import dev.palette.kernel.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gradient of a step, added up batch by batch: what is compared between tasks is kept apart for each until the end, everything else is
 * summed at once with its task's weight.
 */
final class StepSum {
    private final List<String> tasks;
    private final double[] shares;
    private final double[] weights;
    private final Set<String> compared;
    private final NDManager scope;
    private final Map<String, NDArray> sums = new LinkedHashMap<>();
    private final List<Map<String, NDArray>> apart = new ArrayList<>();
    private final List<NDArray> losses = new ArrayList<>();

    /**
     * Before the first batch.
     *
     * @param tasks of the step, each once
     * @param shares of its batches that are each task's
     * @param weights of the tasks
     * @param compared names of the parameters whose gradients are kept apart
     * @param scope where the sums are kept
     */
    StepSum(List<String> tasks, double[] shares, double[] weights, List<String> compared, NDManager scope) {
        this.tasks = List.copyOf(tasks);
        this.shares = shares.clone();
        this.weights = weights.clone();
        this.compared = new LinkedHashSet<>(compared);
        this.scope = scope;
        tasks.forEach(task -> apart.add(new LinkedHashMap<>()));
    }

    /**
     * Adds a batch.
     *
     * @param part of its task's batches that it is
     * @param loss its mean loss, a scalar
     * @param gradients by parameter; consumed
     */
    void add(String task, double part, NDArray loss, Map<String, NDArray> gradients) {
        int i = tasks.indexOf(task);
        gradients.forEach((name, gradient) -> {
            boolean kept = compared.contains(name);
            add(kept ? apart.get(i) : sums, name, gradient, kept ? part : part * shares[i] * weights[i]);
        });
        NDArray counted = loss.mul((float) part); // a double would make it one
        counted.attach(scope);
        if (losses.size() > i) {
            losses.get(i).addi(counted);
        } else {
            losses.add(counted); // tasks are numbered as their first batches come
        }
    }

    private void add(Map<String, NDArray> to, String name, NDArray gradient, double factor) {
        if (factor != 1) {
            gradient.muli(factor);
        }
        NDArray sum = to.get(name);
        if (sum == null) {
            gradient.attach(scope);
            to.put(name, gradient);
        } else {
            sum.addi(gradient);
            gradient.close();
        }
    }

    /** What became of the tasks; waits for the device. */
    StepTasks outcome(long seed, Ops ops) {
        NDList read = new NDList(losses);
        List<int[]> pairs = new ArrayList<>();
        try (NDManager inner = ops.scope().newSubManager()) {
            for (int i = 0; i < tasks.size(); i++) {
                for (int j = 0; j <= i; j++) {
                    for (String name : compared) {
                        NDArray one = apart.get(i).get(name);
                        NDArray other = apart.get(j).get(name);
                        if (one != null && other != null) {
                            try (NDArray product = one.mul(other)) {
                                NDArray sum = product.sum();
                                sum.attach(inner);
                                read.add(sum);
                            }
                            pairs.add(new int[] {i, j});
                        }
                    }
                }
            }
            try (NDArray all = NDArrays.stack(read)) {
                return outcome(all.toFloatArray(), pairs, seed);
            }
        }
    }

    private StepTasks outcome(float[] values, List<int[]> pairs, long seed) {
        double[] read = new double[tasks.size()];
        double[][] products = new double[tasks.size()][tasks.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = values[i];
        }
        for (int i = 0; i < pairs.size(); i++) {
            int[] pair = pairs.get(i);
            products[pair[0]][pair[1]] += values[read.length + i];
            products[pair[1]][pair[0]] = products[pair[0]][pair[1]];
        }
        return new StepTasks(tasks, read, shares, products, seed);
    }

    /** The step's gradient by parameter, where nothing is compared. */
    Map<String, NDArray> gradients() {
        return sums;
    }

    /** The step's gradient by parameter. */
    Map<String, NDArray> gradients(Balancer balancer, StepTasks outcome) {
        double[] factors = compared.isEmpty() ? weights : balancer.shared(outcome, weights);
        for (int i = 0; i < tasks.size(); i++) {
            for (Map.Entry<String, NDArray> each : apart.get(i).entrySet()) {
                add(sums, each.getKey(), each.getValue(), shares[i] * factors[i]);
            }
        }
        return sums;
    }
}
