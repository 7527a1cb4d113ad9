package dev.palette.runner;

import dev.palette.worker.WorkerEvent;
import org.jspecify.annotations.Nullable;

/**
 * A word of a worker's, or, where there is none, that it has ended.
 *
 * @param from whose
 * @param event what it said; null when it has ended
 * @param exitCode with which
 */
record Heard(Running from, @Nullable WorkerEvent event, int exitCode) {
    private static final int SIGNALS = 128;

    /** An exit code for people, with what is known of it. */
    static String wording(int exitCode) {
        return switch (exitCode) {
            case SIGNALS + 9 -> "signal 9: somebody killed it, or the system for want of memory";
            case SIGNALS + 4, SIGNALS + 6, SIGNALS + 7, SIGNALS + 8, SIGNALS + 11 ->
                "signal %d: native code crashed".formatted(exitCode - SIGNALS);
            case 3 -> "code 3: its heap was too small; raise run.heapMegabytes";
            default -> exitCode > SIGNALS ? "signal " + (exitCode - SIGNALS) : "code " + exitCode;
        };
    }
}
