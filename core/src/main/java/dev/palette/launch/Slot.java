package dev.palette.launch;

import dev.palette.kernel.Device;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place where one trial at a time can run.
 *
 * @param name of the device, for people: {@code cpu}, {@code cuda:1}
 * @param device the same as a worker sees it, which sees one GPU at most
 * @param threads of the processor's for one operation of one replica
 * @param replicas between which a trial divides its batches: one a GPU, where there are several
 * @param environment by which a worker sees this device and no other
 */
public record Slot(String name, Device device, int threads, int replicas, Map<String, String> environment) {
    /** Copies the map. */
    public Slot {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }
}
