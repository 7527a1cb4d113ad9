package dev.palette.launch;

import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import java.util.List;

/** By what a machine of a cluster and whoever had a worker started there talk to each other, as that machine sees it. */
interface NodeLine {
    /** Passes on what a worker says. */
    void say(List<WorkerEvent> events);

    /** What it was told since this was last asked. */
    List<WorkerCommand> told();

    /** Whether the cluster wants the worker to stop. */
    boolean isToStop();
}
