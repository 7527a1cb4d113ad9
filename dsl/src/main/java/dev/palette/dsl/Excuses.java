package dev.palette.dsl;

import java.util.Set;

/** A block of which an option that must be given as a rule may be left out where others are given. */
interface Excuses {
    /**
     * Whether an option need not be given.
     *
     * @param given the options that are, of what values ever
     */
    boolean excuses(String option, Set<String> given);
}
