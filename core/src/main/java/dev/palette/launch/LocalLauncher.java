package dev.palette.launch;

import dev.palette.execution.KernelMemory;
import dev.palette.execution.TrialOrder;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.worker.Ear;
import dev.palette.worker.Worker;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerOptions;
import dev.palette.worker.WorkerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Workers in processes on this machine's devices, whose end is that of this process too. */
public final class LocalLauncher implements Launcher {
    /** The usual patience with a worker, which says every second that it is alive. */
    public static final int SECONDS_OF_PATIENCE = 60;

    /**
     * The launcher has glibc keep freed memory, which is faster, but then what is kept stands in the way where memory is scarce: in a
     * worker with a bound of its own, or after one that ended unexpectedly.
     */
    private static final String ALLOCATOR = "GLIBC_TUNABLES";

    private final RunPlan plan;
    private final List<Slot> slots;
    private final MemoryBound bound;
    private final Kernels kernels;
    private final int patience;
    private final Set<WorkerProcess> workers = ConcurrentHashMap.newKeySet();
    private final Thread killer = new Thread(() -> workers.forEach(WorkerProcess::kill), "kill workers");
    private @Nullable WorkerOptions latest;
    private @Nullable Ahead ahead;

    /** A worker that waits for a trial. */
    private record Ahead(WorkerProcess worker, WorkerOptions options) {}

    /**
     * A launcher.
     *
     * @param measure finds the kernel in place of a process that is asked; empty for such a process
     * @param cache where measurements are kept
     * @param patience seconds without a sign of life after which a worker is taken to hang
     */
    public LocalLauncher(
            RunPlan plan, List<Slot> slots, Path cache, Optional<KernelMemory.Measure> measure, int patience) {
        this.plan = plan;
        this.slots = List.copyOf(slots);
        this.bound = MemoryBound.of(plan, slots);
        this.kernels = new Kernels(cache, slot -> measure.orElse(new AskedWorker(plan, cache).measuring(slot)));
        this.patience = patience;
        Runtime.getRuntime().addShutdownHook(killer);
    }

    @Override
    public String text() {
        return bound.text();
    }

    @Override
    public List<Slot> slots(int trials) {
        return slots;
    }

    @Override
    public boolean loadsAhead() {
        return true;
    }

    @Override
    public int patience() {
        return patience;
    }

    @Override
    public boolean holds(Trial trial) {
        return false;
    }

    @Override
    public Worker start(WorkerJob job, Slot slot, Ear ear) {
        TrialOrder order = job.order().by(kernels.of(job.trial(), slot), slot.replicas());
        Map<String, String> environment = new TreeMap<>(slot.environment());
        environment.putAll(order.kernel().product().environment());
        if (plan.memoryMegabytes() > 0 || job.attempts() > 0) {
            environment.put(ALLOCATOR, "");
        }
        WorkerCommand train = new WorkerCommand.Train(order);
        WorkerOptions options = new WorkerOptions(plan.heapMegabytes(), bound.megabytes(), environment);
        Path log = job.run().log();
        latest = options;
        Optional<WorkerProcess> waiting = takeAhead(options);
        waiting.ifPresent(started -> started.employ(train, log, ear));
        WorkerProcess worker = waiting.orElseGet(() -> WorkerProcess.start(train, options, log, ear));
        workers.removeIf(other -> !other.isAlive());
        workers.add(worker);
        return worker;
    }

    /** Has a worker wait for the next trial where it is not known yet which that is; for one that needs another it is of no use. */
    void loadAhead() {
        if (latest != null && ahead == null) {
            ahead = new Ahead(WorkerProcess.ahead(latest), latest);
            workers.add(ahead.worker());
        }
    }

    private Optional<WorkerProcess> takeAhead(WorkerOptions options) {
        Ahead waiting = ahead;
        ahead = null;
        if (waiting != null
                && waiting.options().equals(options)
                && waiting.worker().isAlive()) {
            return Optional.of(waiting.worker());
        }
        if (waiting != null) {
            waiting.worker().kill();
        }
        return Optional.empty();
    }

    @Override
    public void attend() {}

    /** After an error of ours there may be workers left. */
    @Override
    public void close() {
        workers.forEach(WorkerProcess::kill);
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
