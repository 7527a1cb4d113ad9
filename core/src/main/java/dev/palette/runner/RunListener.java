package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.experiment.Trial;
import dev.palette.result.RunResult;

/** Hears what happens to an experiment's trials, on the runner's thread. */
public interface RunListener {
    /**
     * A trial begins or continues.
     *
     * @param index its place among the experiment's trials, from 0
     * @param total the experiment's trials
     * @param fromStep steps done in earlier sittings
     */
    void trialStarted(Trial trial, int index, int total, long fromStep);

    /** A step is done. */
    void progress(Trial trial, Progress progress);

    /** Something worth telling a person of a trial, in one line. */
    void message(Trial trial, String line);

    /** Something worth telling a person of the experiment, in one line. */
    void notice(String line);

    /**
     * A trial has a result.
     *
     * @param cached whether it was there already
     */
    void trialFinished(Trial trial, RunResult result, boolean cached);

    /** A trial could not be brought to an end; the others go on. */
    void trialFailed(Trial trial, Throwable cause);
}
