package dev.palette.runner;

import dev.palette.train.StopSignal;

/** Where and how trials run: in this process, in worker processes on this machine's devices. */
interface Launcher {
    /**
     * Brings trials to their end; returns when all have ended, or when it was asked to stop and those that ran have stopped.
     *
     * @param trials hands them out in the order in which they are to begin
     * @param account hears what becomes of each, on the calling thread
     * @param stop asks to stop after the steps at hand
     */
    void launch(Feed trials, Account account, StopSignal stop);
}
