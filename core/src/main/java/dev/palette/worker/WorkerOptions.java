package dev.palette.worker;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a worker process may take, and what it sees.
 *
 * @param heapMegabytes the most that Java objects may take: text and tables
 * @param dataMegabytes the most that heap, tensors and libraries may take together; 0 for no bound, also where the system knows none
 * @param environment variables beside the parent's own
 */
public record WorkerOptions(int heapMegabytes, int dataMegabytes, Map<String, String> environment) {
    /** Copies the map. */
    public WorkerOptions {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }
}
