package dev.palette.execution;

/** How the work on a trial ended, where nothing went wrong. */
public enum TrialOutcome {
    /** It has a result now. */
    FINISHED,
    /** It had one before. */
    FINISHED_EARLIER,
    /** It was asked to stop; its checkpoint is where it goes on. */
    STOPPED,
    /** It did poorly and was stopped for good. */
    STOPPED_EARLY,
    /** It was stopped until it is known whether it does poorly; its checkpoint is where it goes on. */
    WAITING,
    /** Another process is at work on it. */
    LOCKED
}
