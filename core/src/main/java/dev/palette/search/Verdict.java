package dev.palette.search;

/** What becomes of a trial after an evaluation. */
public enum Verdict {
    /** It goes on. */
    GO_ON,
    /** It does poorly and is stopped for good. */
    STOP,
    /** It stops with a checkpoint until those are known that it is to be compared with. */
    WAIT
}
