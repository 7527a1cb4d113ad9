package dev.palette.launch;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that a cluster starts on one of its machines for one trial; it passes on what is said through {@link NodeFiles}. Its exit
 * codes are {@link NodeWatch}'s.
 */
public final class NodeMain {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMain.class);

    private NodeMain() {}

    /**
     * Works on a trial.
     *
     * @param arguments the folder of {@link NodeFiles}; which start this is, from 0; processors that the cluster gives; megabytes of memory
     *     that it gives, 0 where it has not said so
     */
    public static void main(String[] arguments) {
        NodeFiles files = new NodeFiles(Path.of(arguments[0]));
        NodeWatch watch = new NodeWatch(files.line(Integer.parseInt(arguments[1])), () -> {});
        try {
            watch.live();
            NodeOrder order = NodeOrder.read(files.order());
            int processors = Integer.parseInt(arguments[2]);
            try (Node node =
                    new Node(order.plan(), order.order().cache(), processors, Integer.parseInt(arguments[3]))) {
                watch.follow(node.start(order, watch));
            }
        } catch (RuntimeException e) {
            LOG.error("failed", e);
            watch.fail(e);
        }
        Runtime.getRuntime().exit(watch.code()); // a library's thread may still live
    }
}
