package dev.palette.balance;

/**
 * Weighs the tasks of a step. Holds no state: what it learns is in a {@link BalanceState}, which checkpoints keep, so that a resumed trial
 * weighs as an uninterrupted one and all replicas weigh alike.
 */
public interface Balancer {
    /** What a task's loss counts in the next step. */
    double weight(String task, BalanceState state);

    /**
     * What each task's gradient counts for the parameters that tasks share; by default its weight.
     *
     * @param step the losses and gradients of its tasks, two or more
     * @param weights of the tasks, in the step's order
     * @return one factor for each task, in the step's order
     */
    default double[] shared(StepTasks step, double[] weights) {
        return weights;
    }

    /**
     * What is known after a step; by default what was before.
     *
     * @param step the losses and gradients of its tasks
     */
    default BalanceState after(StepTasks step, BalanceState state) {
        return state;
    }
}
