package dev.palette.result;

import org.jspecify.annotations.Nullable;

/**
 * One value that a run logged.
 *
 * @param part what it was measured on: {@link #TRAIN} or {@link #SELECTION}
 * @param name the metric: {@code cola.loss}, {@code cola.matthews}, {@code average.glue}, {@code tokens} or {@code seconds}; {@code cola.drawn} is 1
 *     where a task begins to be drawn and 0 where it ends
 * @param task the task that it is of; for {@code tokens} and {@code seconds} the task whose batch the step took; null for averages
 * @param step steps done, from 1
 * @param value losses in nats, scores as fractions of 1; may be NaN or infinite where training went wrong
 * @param elapsed seconds of training up to here: the sum of the steps that stand in the log
 */
public record MetricPoint(
        String part, String name, @Nullable String task, long step, double value, double elapsed) {
    /** The batch of the step at hand: loss, word pieces and seconds. */
    public static final String TRAIN = "train";

    /** The examples that choose the checkpoint; never those that are reported. */
    public static final String SELECTION = "selection";
}
