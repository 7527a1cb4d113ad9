package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.task.Head;

/** A task's own linear layer, and what it reads. */
record TaskHead(Head head, Linear layer) {
    private static final double OUT_OF_THE_QUESTION = -10_000;

    /** Whether it reads the last layer's output at every position, and not the pooled vector. */
    boolean readsEveryPosition() {
        return head instanceof Head.Token;
    }

    /** (N, H) → (S, T, outputs), where padding that was not computed is out of the question; no dropout, as in the original. */
    NDArray ofTokens(NDArray h, Layout layout, Ops ops) {
        return ops.padded(ops.linear(h, layer), layout, OUT_OF_THE_QUESTION);
    }

    /** (S, H) → (B, outputs), or (B × choices, H) → (B, choices). */
    NDArray ofPooled(NDArray pooled, double dropout, Ops ops) {
        NDArray values = ops.linear(ops.dropout(pooled, dropout), layer); // (S, width)
        return head instanceof Head.Choice choice ? ops.rows(values, choice.choices()) : values;
    }
}
