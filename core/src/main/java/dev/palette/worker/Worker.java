package dev.palette.worker;

/** A worker as seen by whoever had it started, on this machine or on another. */
public interface Worker {
    /** Tells it something; one that is gone hears nothing, which its {@link Ear} knows. */
    void tell(WorkerCommand command);

    /** Ends it at once, also when it hangs. */
    void kill();
}
