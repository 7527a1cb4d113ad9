package dev.palette.runner;

import dev.palette.worker.WorkerEvent;
import org.jspecify.annotations.Nullable;

/**
 * A word of a worker's, or, where there is none, that it has ended.
 *
 * @param from whose
 * @param event what it said; null when it has ended
 * @param how it has ended; empty while it hasn't
 */
record Heard(Running from, @Nullable WorkerEvent event, String how) {}
