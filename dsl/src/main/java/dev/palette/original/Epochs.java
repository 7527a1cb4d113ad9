package dev.palette.original;

/**
 * A number of epochs in optimizer steps.
 *
 * @param stepsPerEpoch steps of one epoch, which need not be whole
 * @param epochs how many; need not be whole either
 */
record Epochs(double stepsPerEpoch, double epochs) {
    /** What the original calls an epoch when it samples from all tasks: so many steps for each, however large they are. */
    private static final int SAMPLED_STEPS_PER_TASK = 300;

    /** Epochs of tasks that are sampled. */
    static Epochs sampled(int tasks, double epochs) {
        return new Epochs(SAMPLED_STEPS_PER_TASK * tasks, epochs);
    }

    /** Epochs that each see as many examples as there are. */
    static Epochs over(long examples, int batchSize, double epochs) {
        return new Epochs((double) examples / batchSize, epochs);
    }

    /** All steps; at least one. */
    int steps() {
        return Math.max(1, (int) (stepsPerEpoch * epochs));
    }

    /** Steps between evaluations at the end of each epoch; at least one. */
    int every() {
        return Math.max(1, (int) stepsPerEpoch);
    }

    /** Whole epochs, which annealing counts; at least one. */
    int whole() {
        return Math.max(1, (int) epochs);
    }
}
