package dev.palette.runner;

import dev.palette.train.StopSignal;

/** Which trials run when: one after the other in this process, or several at once in workers. */
interface Scheduler {
    /**
     * Brings trials to their end; returns when all have ended, or when it was asked to stop and those that ran have stopped.
     *
     * @param trials hands them out in the order in which they are to begin
     * @param account hears what becomes of each, on the calling thread
     * @param stop asks to stop after the steps at hand
     */
    void carryOut(Feed trials, Account account, StopSignal stop);
}
