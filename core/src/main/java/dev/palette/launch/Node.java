package dev.palette.launch;

import dev.palette.execution.RunLock;
import dev.palette.execution.TrialOrder;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.Cluster;
import dev.palette.result.RunDirectory;
import dev.palette.worker.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a cluster gives of one of its machines: a place for one trial at a time, which runs in a worker as it would at home. */
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** What this process takes of the memory that the cluster gives. */
    private static final int OWN_MEGABYTES = 384;

    private final Slot slot;
    private final LocalLauncher launcher;

    /**
     * A node.
     *
     * @param plan what workers may take
     * @param cache the folder of everything that is kept
     * @param processors that the cluster gives
     * @param megabytes of memory that it gives, 0 where it has not said so
     */
    Node(RunPlan plan, Path cache, int processors, int megabytes) {
        List<String> gpus = new AskedWorker(plan, cache).gpuNames();
        this.slot = new Devices(plan, Math.max(1, processors), gpus).together().get(0);
        this.launcher = new LocalLauncher(
                bounded(plan, slot, megabytes),
                List.of(slot),
                cache,
                Optional.empty(),
                LocalLauncher.SECONDS_OF_PATIENCE);
        LOG.info("{}", launcher.text());
    }

    /** What the cluster gives is a bound too, unless a smaller one was asked for; not on GPUs, whose driver maps what it likes. */
    private static RunPlan bounded(RunPlan plan, Slot slot, int given) {
        int left = given - OWN_MEGABYTES;
        boolean narrower =
                left > 0 && !slot.device().isCuda() && (plan.memoryMegabytes() == 0 || plan.memoryMegabytes() > left);
        return narrower ? plan.toBlock().memoryMegabytes(left).build() : plan;
    }

    /** Starts a worker on a trial. */
    synchronized Worker start(NodeOrder order, NodeWatch watch) {
        Trial trial = order.order().trial(Vocabulary.installed());
        LOG.info("trial {}", trial.id());
        RunDirectory run = RunDirectory.of(order.order().out(), order.order().experiment(), trial);
        return launcher.start(new WorkerJob(trial, here(order.order()), run, order.attempts()), slot, watch);
    }

    /** Which machine it is, is known only now. */
    private static TrialOrder here(TrialOrder order) {
        Cluster cluster = order.cluster();
        return cluster == null
                ? order
                : order.on(new Cluster(cluster.engine(), cluster.application(), RunLock.thisHost()));
    }

    /** Starts a worker ahead of the next trial. */
    synchronized void loadAhead() {
        launcher.loadAhead();
    }

    @Override
    public synchronized void close() {
        launcher.close();
    }
}
