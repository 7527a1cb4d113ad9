package dev.palette.launch;

import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that a cluster starts on one of its machines: it has one trial worked on by a worker process on that machine's devices, as
 * would be done at home, and passes on what is said through {@link NodeFiles}. Its exit codes are {@link NodeWatch}'s.
 */
public final class NodeMain {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMain.class);

    /** What this process takes of the memory that the cluster gives. */
    private static final int OWN_MEGABYTES = 384;

    private NodeMain() {}

    /**
     * Works on a trial.
     *
     * @param arguments the folder of {@link NodeFiles}; which start this is, from 0; processors that the cluster gives; megabytes of memory
     *     that it gives, 0 where it has not said so
     */
    public static void main(String[] arguments) {
        NodeFiles files = new NodeFiles(Path.of(arguments[0]));
        NodeWatch watch = new NodeWatch(files, Integer.parseInt(arguments[1]));
        try {
            watch.live();
            work(NodeOrder.read(files.order()), arguments, watch);
        } catch (RuntimeException e) {
            LOG.error("failed", e);
            watch.fail(e);
        }
        Runtime.getRuntime().exit(watch.code()); // a library's thread may still live
    }

    private static void work(NodeOrder order, String[] arguments, NodeWatch watch) {
        int processors = Math.max(1, Integer.parseInt(arguments[2]));
        Trial trial = order.order().trial(Vocabulary.installed());
        RunDirectory run = RunDirectory.of(order.order().out(), order.order().experiment(), trial);
        Path cache = order.order().cache();
        List<String> gpus = new AskedWorker(order.plan(), cache).gpuNames();
        Slot slot = new Devices(order.plan(), processors, gpus).together().get(0);
        RunPlan plan = bounded(order.plan(), slot, Integer.parseInt(arguments[3]));
        try (LocalLauncher launcher =
                new LocalLauncher(plan, List.of(slot), cache, Optional.empty(), LocalLauncher.SECONDS_OF_PATIENCE)) {
            LOG.info("{}", launcher.text());
            watch.follow(launcher.start(new WorkerJob(trial, order.order(), run, order.attempts()), slot, watch));
        }
    }

    /** What the cluster gives is a bound too, unless a smaller one was asked for; not on GPUs, whose driver maps what it likes. */
    private static RunPlan bounded(RunPlan plan, Slot slot, int given) {
        int left = given - OWN_MEGABYTES;
        boolean narrower =
                left > 0 && !slot.device().isCuda() && (plan.memoryMegabytes() == 0 || plan.memoryMegabytes() > left);
        return narrower ? plan.toBlock().memoryMegabytes(left).build() : plan;
    }
}
