package dev.palette.result;

/** How far a run has come, as its folder shows. */
public enum RunState {
    /** Never started. */
    ABSENT,
    /** Started; continues from its last checkpoint, if it has one. */
    UNFINISHED,
    /** Has a result. */
    FINISHED
}
