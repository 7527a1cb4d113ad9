package dev.palette.balance;

import java.util.List;

/**
 * What became of the tasks of one step, before weights.
 *
 * @param tasks that it had batches of, each once
 * @param losses mean loss of each task's batches
 * @param shares of the step's batches that are each task's; their sum is 1
 * @param products of the tasks' gradients, each of the mean of its batches' losses: element [i][j] is the inner product of task i's and
 *     task j's over the parameters that are {@linkplain LossBalancing.Compared compared} and that both use; zeros where there are none
 * @param seed of what is drawn at random in this step
 */
public record StepTasks(List<String> tasks, double[] losses, double[] shares, double[][] products, long seed) {
    /** Copies the lists. */
    public StepTasks {
        tasks = List.copyOf(tasks);
        losses = losses.clone();
        shares = shares.clone();
        products = products.clone();
    }

    /** How many tasks there are. */
    public int count() {
        return tasks.size();
    }
}
