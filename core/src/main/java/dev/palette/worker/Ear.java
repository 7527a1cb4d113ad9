package dev.palette.worker;

/** Hears a worker. */
public interface Ear {
    /** It said something. */
    void heard(WorkerEvent event);

    /**
     * It has ended, and nothing more will be heard.
     *
     * @param how for people: {@code its worker process ended with signal 9: …}; of interest only where its last event is missing
     */
    void gone(String how);
}
