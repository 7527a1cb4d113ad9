package dev.palette.spark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Palette's programs in an executor that wait for another trial, by how they were started. They end with the executor. */
final class IdleNodes {
    private static final Map<NodeCommand, Deque<NodeProcess>> IDLE = new HashMap<>();

    private IdleNodes() {}

    /** One that waits, or a new one. */
    static NodeProcess take(NodeCommand command) throws IOException {
        synchronized (IDLE) {
            Deque<NodeProcess> waiting = IDLE.getOrDefault(command, new ArrayDeque<>());
            for (NodeProcess node = waiting.poll(); node != null; node = waiting.poll()) {
                if (node.isIdle()) {
                    return node;
                }
            }
        }
        return new NodeProcess(command);
    }

    /** Gives back one whose trial is over, however; if it is not fit for another, it ends. */
    static void give(NodeCommand command, NodeProcess node) {
        if (!node.isIdle()) {
            node.kill();
            return;
        }
        synchronized (IDLE) {
            IDLE.computeIfAbsent(command, any -> new ArrayDeque<>()).add(node);
        }
    }
}
