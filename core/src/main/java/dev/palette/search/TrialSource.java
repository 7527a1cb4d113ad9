package dev.palette.search;

import dev.palette.experiment.Trial;
import java.util.Optional;

/** Where a runner's trials come from: it asks for the next one whenever it has room, and tells what becomes of each. Used by one thread. */
public interface TrialSource {
    /** How many trials there will be. */
    int total();

    /** The next trial; empty where there is none now, be it for good or until others have ended. */
    Optional<Next> next();

    /** Whether there will be no more trials, whatever becomes of those that run. */
    boolean isExhausted();

    /** The metric that is told, {@code cola.matthews}; empty where scores are of no account. */
    Optional<String> metric();

    /** Whether trials on their way are judged. */
    boolean judges();

    /** A trial has a score on its way. */
    Judgement report(Trial trial, long step, double score);

    /**
     * A trial has come to its end.
     *
     * @param score of the checkpoint that it keeps, on the selection split
     */
    void finished(Trial trial, double score);

    /** A trial that was to be stopped has been. */
    void stopped(Trial trial);

    /** A trial could not be brought to an end. */
    void failed(Trial trial);

    /**
     * A trial to be run.
     *
     * @param index its place among all trials, from 0
     * @param stop that it is to be stopped where it is, and why, which was decided while it waited or before an interruption
     */
    record Next(Trial trial, int index, Optional<StoppedAt> stop) {}

    /**
     * Where a trial was found to do poorly.
     *
     * @param step steps done
     * @param score what it had
     * @param why it was stopped
     */
    record StoppedAt(long step, double score, String why) {}
}
