package dev.palette.result;

/** How far a run has come, as its folder shows. */
public enum RunState {
    /** Never started. */
    ABSENT,
    /** Started; continues from its last checkpoint, if it has one. */
    UNFINISHED,
    /** Was stopped for good by a search, since it did poorly. */
    STOPPED_EARLY,
    /** Has a result. */
    FINISHED
}
