package dev.palette.worker;

/** A worker as seen by whoever had it started, on this machine or on another. */
public interface Worker {
    /** Tells it something; one that is gone hears nothing, which its {@link Ear} knows. */
    void tell(WorkerCommand command);

    /** Whether it waits for a machine, or has to wait for one again, so that its time stands still. */
    default boolean isWaiting() {
        return false;
    }

    /** Ends it at once, also when it hangs. */
    void kill();
}
