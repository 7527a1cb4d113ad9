package dev.palette.runner;

import dev.palette.execution.TrialOrder;
import dev.palette.experiment.RunPlan;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import dev.palette.worker.WorkerOptions;
import dev.palette.worker.WorkerProcess;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** Starts a worker process for a trial, with what it may take and see; what it says goes to an inbox. */
final class WorkerStart {
    /**
     * The launcher has glibc keep freed memory, which is faster, but then what is kept stands in the way where memory is scarce: in a
     * worker with a bound of its own, or after one that ended unexpectedly.
     */
    private static final String ALLOCATOR = "GLIBC_TUNABLES";

    private final RunPlan plan;
    private final int memoryMegabytes;
    private final Queue<Heard> inbox;

    WorkerStart(RunPlan plan, int memoryMegabytes, Queue<Heard> inbox) {
        this.plan = plan;
        this.memoryMegabytes = memoryMegabytes;
        this.inbox = inbox;
    }

    /** A trial's process, which loads and waits to be told to begin. */
    Running start(Pending pending, Slot slot) {
        Running running = new Running(pending);
        Assignment assignment = pending.assignment();
        TrialOrder order = assignment.order(slot);
        Map<String, String> environment = new TreeMap<>(slot.environment());
        environment.putAll(order.kernel().product().environment());
        if (plan.memoryMegabytes() > 0 || pending.attempts() > 0) {
            environment.put(ALLOCATOR, "");
        }
        running.with(WorkerProcess.start(
                new WorkerCommand.Train(order),
                new WorkerOptions(plan.heapMegabytes(), memoryMegabytes, environment),
                assignment.run().log(),
                ear(running)));
        return running;
    }

    private WorkerProcess.Ear ear(Running running) {
        return new WorkerProcess.Ear() {
            @Override
            public void heard(WorkerEvent event) {
                inbox.add(new Heard(running, event, 0));
            }

            @Override
            public void gone(int exitCode) {
                inbox.add(new Heard(running, null, exitCode));
            }
        };
    }
}
