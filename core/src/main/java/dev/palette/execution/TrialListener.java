package dev.palette.execution;

/** Hears how one trial goes, on the thread that works on it. */
public interface TrialListener {
    /**
     * Everything is loaded, and training begins or continues.
     *
     * @param fromStep steps done in earlier sittings
     */
    void started(long fromStep);

    /** A step is done. */
    void progress(Progress progress);

    /** Something worth telling a person, in one line. */
    void message(String line);
}
