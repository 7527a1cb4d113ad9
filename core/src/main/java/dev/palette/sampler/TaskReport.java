package dev.palette.sampler;

import java.util.Map;

/**
 * What became of the tasks in one stretch of training. A checkpoint keeps all reports that were made, so that a resumed trial draws as
 * an uninterrupted one.
 *
 * @param step optimizer steps done at its end
 * @param losses mean training loss of the batches of each task that was drawn since the report before, by task
 * @param scores of each task on the examples that select, as fractions of 1, by task; empty where training was not evaluated
 */
public record TaskReport(long step, Map<String, Double> losses, Map<String, Double> scores) {
    /** Copies the maps. */
    public TaskReport {
        losses = Map.copyOf(losses);
        scores = Map.copyOf(scores);
    }
}
