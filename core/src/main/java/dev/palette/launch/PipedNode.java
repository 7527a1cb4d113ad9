package dev.palette.launch;

import dev.palette.worker.Wire;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that a cluster's own process keeps beside it on one of its machines, for one trial after another. It is told by lines of its
 * input: an order, when the trial before has said its last word, or {@value #STOP}, which stops the trial at hand with a checkpoint. What
 * the workers say is its output. While a trial ends, a worker for the next is started ahead. The end of its input stops everything, also
 * when the parent was killed.
 */
public final class PipedNode {
    private static final Logger LOG = LoggerFactory.getLogger(PipedNode.class);
    private static final String STOP = "stop";

    private final PrintStream out;
    private final int processors;
    private final int megabytes;
    private @Nullable Node node;
    private @Nullable Line line;
    private @Nullable Thread work;

    private PipedNode(PrintStream out, int processors, int megabytes) {
        this.out = out;
        this.processors = processors;
        this.megabytes = megabytes;
    }

    /**
     * Works on trials.
     *
     * @param arguments processors that the cluster gives; megabytes of memory, 0 where they are not known
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        PipedNode node = new PipedNode(out, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String told = in.readLine(); told != null; told = in.readLine()) {
                node.obey(told);
            }
        }
        node.end();
        Runtime.getRuntime().exit(0); // a library's thread may still live
    }

    private void obey(String told) {
        if (!told.equals(STOP)) {
            Line next = new Line();
            line = next;
            work = new Thread(() -> work(told, next), "trial"); // the one before may still be about to end
            work.start();
        } else if (line != null) {
            line.stop = true;
        }
    }

    private void work(String order, Line said) {
        NodeWatch watch = new NodeWatch(said, this::loadAhead);
        try {
            watch.live();
            NodeOrder read = NodeOrder.parse(order, "the order");
            watch.follow(node(read).start(read, watch));
        } catch (RuntimeException e) {
            LOG.error("failed", e);
            watch.fail(e);
        }
    }

    /** Made of the first order: all have the same plan. */
    private synchronized Node node(NodeOrder order) {
        if (node == null) {
            node = new Node(order.plan(), order.order().cache(), processors, megabytes);
        }
        return node;
    }

    private synchronized void loadAhead() {
        if (node != null) {
            node.loadAhead();
        }
    }

    private void end() throws InterruptedException {
        if (line != null && work != null) {
            line.stop = true;
            work.join();
        }
        synchronized (this) {
            if (node != null) {
                node.close();
            }
        }
    }

    /** That of one trial. */
    private final class Line implements NodeLine {
        private volatile boolean stop;

        @Override
        public void say(List<WorkerEvent> events) {
            events.forEach(event -> out.println(Wire.line(event)));
        }

        @Override
        public List<WorkerCommand> told() {
            return List.of();
        }

        @Override
        public boolean isToStop() {
            return stop;
        }
    }
}
