package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.task.Head;

/** A task's own linear layer, and what it reads. */
record TaskHead(Head head, Linear layer) {
    /** Whether it reads the last layer's output at every position, and not the pooled vector. */
    boolean readsEveryPosition() {
        return head instanceof Head.Token;
    }

    /** (B, T, H) → (B, T, outputs); no dropout, as in the original. */
    NDArray ofTokens(NDArray h, Ops ops) {
        return ops.linear(h, layer);
    }

    /** (B, H) → (B, outputs), or (B × choices, H) → (B, choices). */
    NDArray ofPooled(NDArray pooled, double dropout, Ops ops) {
        NDArray values = ops.linear(ops.dropout(pooled, dropout), layer); // (S, width)
        return head instanceof Head.Choice choice ? ops.rows(values, choice.choices()) : values;
    }
}
