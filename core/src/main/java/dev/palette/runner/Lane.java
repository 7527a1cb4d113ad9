package dev.palette.runner;

import dev.palette.launch.Slot;
import org.jspecify.annotations.Nullable;

/** A slot with the trial that runs on it, and the one after it while it loads. Knows how long the slot stood idle between two. */
final class Lane {
    private final Slot slot;
    private @Nullable Running current;
    private @Nullable Running next;
    private long freeSince;
    private long idleNanos;
    private long busyNanos;
    private long begunAt;

    Lane(Slot slot) {
        this.slot = slot;
    }

    Slot slot() {
        return slot;
    }

    boolean isFree() {
        return current == null;
    }

    /** Whether it is time to load a trial after the current one. */
    boolean wantsNext() {
        return current != null && next == null && current.isNearEnd();
    }

    /** Gives it a trial: the current one if it is free, else the next. */
    void take(Running running) {
        if (current == null) {
            current = running;
        } else {
            next = running;
        }
    }

    boolean holds(Running running) {
        return current == running || next == running;
    }

    /** Lets the current trial train if it is loaded. */
    void begin(long now) {
        if (current != null && !current.hasBegun()) {
            current.beginIfPrepared();
            if (current.hasBegun()) {
                idleNanos += freeSince == 0 ? 0 : now - freeSince;
                begunAt = now;
            }
        }
    }

    /** A trial is over; the one that was loaded meanwhile takes its place. */
    void release(Running running, long now) {
        if (next == running) {
            next = null;
        } else if (current == running) {
            if (running.hasBegun()) {
                busyNanos += now - begunAt;
                freeSince = now;
            }
            current = next;
            next = null;
        }
    }

    /** Nanoseconds between the end of a trial and the beginning of the next. */
    long idleNanos() {
        return idleNanos;
    }

    /** Nanoseconds in which a trial trained. */
    long busyNanos() {
        return busyNanos;
    }
}
