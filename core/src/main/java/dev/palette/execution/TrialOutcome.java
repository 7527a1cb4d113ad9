package dev.palette.execution;

/** How the work on a trial ended, where nothing went wrong. */
public enum TrialOutcome {
    /** It has a result now. */
    FINISHED,
    /** It had one before. */
    FINISHED_EARLIER,
    /** It was asked to stop; its checkpoint is where it goes on. */
    STOPPED,
    /** Another process is at work on it. */
    LOCKED
}
