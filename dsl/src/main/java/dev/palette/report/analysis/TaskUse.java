package dev.palette.report.analysis;

/**
 * What a task's batches took of a run.
 *
 * @param steps steps that it was drawn for
 * @param tokens word pieces that were computed
 * @param seconds of training
 */
public record TaskUse(long steps, double tokens, double seconds) {
    /** Nothing yet. */
    static final TaskUse NOTHING = new TaskUse(0, 0, 0);

    TaskUse plus(TaskUse more) {
        return new TaskUse(steps + more.steps, tokens + more.tokens, seconds + more.seconds);
    }
}
