package dev.palette.train;

import org.jspecify.annotations.Nullable;

/** How a person or a signal asks training to stop after the current step. Safe between threads. */
public final class StopSignal {
    private final @Nullable StopSignal above;
    private volatile boolean requested;

    /** A signal of its own. */
    public StopSignal() {
        this.above = null;
    }

    /** A signal that is also given when another is, which it does not give in turn: that of one trial below that of all. */
    public StopSignal(StopSignal above) {
        this.above = above;
    }

    /** Asks to stop; training writes a checkpoint after the step at hand and returns. */
    public void request() {
        requested = true;
    }

    /** Whether stopping was asked for. */
    public boolean isRequested() {
        return requested || (above != null && above.isRequested());
    }
}
