package dev.palette.runner;

import java.util.Optional;

/** Hands a launcher the trials that are to be worked on, one by one. */
interface Feed {
    /** The next one; empty where there is none now. */
    Optional<Assignment> next();

    /** Whether there will be no more, whatever becomes of those that run. */
    boolean isExhausted();
}
