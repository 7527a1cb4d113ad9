package dev.palette.train;

/** How a person or a signal asks training to stop after the current step. Safe between threads. */
public final class StopSignal {
    private volatile boolean requested;

    /** Asks to stop; training writes a checkpoint after the step at hand and returns. */
    public void request() {
        requested = true;
    }

    /** Whether stopping was asked for. */
    public boolean isRequested() {
        return requested;
    }
}
