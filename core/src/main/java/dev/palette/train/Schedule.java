package dev.palette.train;

/** The learning rate by step, as a factor of its maximum. */
final class Schedule {
    private final Optimizer optimizer;
    private final int steps;

    Schedule(Optimizer optimizer, int steps) {
        this.optimizer = optimizer;
        this.steps = steps;
    }

    /**
     * The factor at a step.
     *
     * <p>AdamW: rises to 1 over the warm-up, in equal parts and not from 0, so that the first step counts, then falls in equal parts
     * towards 0 after the last step. BERT's Adam: x/w during the warm-up share w, then 1 − x, for x = step/steps: its first step
     * has rate 0, and at the end of the warm-up it jumps down.
     *
     * @param step from 0
     */
    double factor(long step) {
        double warmup = optimizer.warmupFraction();
        if (optimizer instanceof Optimizer.BertAdam) {
            double x = (double) step / steps;
            return x < warmup ? x / warmup : 1 - x;
        }
        long rising = Math.round(steps * warmup);
        return step < rising
                ? (step + 1.0) / rising
                : Math.max(0, (double) (steps - step) / Math.max(1, steps - rising));
    }
}
