package dev.palette.launch;

import dev.palette.experiment.Trial;
import dev.palette.worker.Ear;
import dev.palette.worker.Worker;
import java.util.List;

/**
 * Where the workers of trials run: on this machine's devices, or on a cluster's.
 *
 * <p>It decides nothing. One thread asks it to start a worker for a trial, tells the worker when to begin and to stop, and hears
 * of its end; what becomes of the trial then is that thread's business. The methods are called on that thread alone; an {@link Ear} may be
 * told on any.
 */
public interface Launcher extends AutoCloseable {
    /** On what trials run, for people. */
    String text();

    /**
     * A slot for each trial that is to be started without waiting for another's end.
     *
     * @param trials that are open at the beginning
     */
    List<Slot> slots(int trials);

    /** Whether a slot takes a second worker, which loads while the first one ends. */
    boolean loadsAhead();

    /** Seconds without a sign of life after which a worker is taken to hang. */
    int patience();

    /** Whether a trial is worked on by a worker from an earlier sitting; {@link #start} then gives that one. */
    boolean holds(Trial trial);

    /**
     * Starts a worker, or has it started at the next {@link #attend}.
     *
     * @param slot one of {@link #slots}
     */
    Worker start(WorkerJob job, Slot slot, Ear ear);

    /** Called several times a second while there are workers: starts those that wait to be started, and looks how the others do. */
    void attend();

    /** No more workers are started, and none of this sitting is left, except where they were to go on without it. */
    @Override
    void close();
}
