package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.experiment.Trial;
import dev.palette.result.RunResult;
import dev.palette.result.StoppedEarly;

/** Hears what happens to an experiment's trials, on the runner's thread. What it does not override, it does not hear. */
public interface RunListener {
    /** Hears nothing; what became of each trial is in the {@link RunSummary}. */
    RunListener SILENT = new RunListener() {};

    /**
     * A trial begins or continues.
     *
     * @param index its place among the experiment's trials, from 0
     * @param total the experiment's trials
     * @param fromStep steps done in earlier sittings
     */
    default void trialStarted(Trial trial, int index, int total, long fromStep) {}

    /** A step is done. */
    default void progress(Trial trial, Progress progress) {}

    /** Something worth telling a person of a trial, in one line. */
    default void message(Trial trial, String line) {}

    /** Something worth telling a person of the experiment, in one line. */
    default void notice(String line) {}

    /**
     * A trial has a result.
     *
     * @param cached whether it was there already
     */
    default void trialFinished(Trial trial, RunResult result, boolean cached) {}

    /** A trial was stopped for good by a search, since it did poorly; it is neither finished nor failed. */
    default void trialStoppedEarly(Trial trial, StoppedEarly where) {
        message(trial, "trial %s: %s".formatted(trial.id(), where.text()));
    }

    /** A trial could not be brought to an end; the others go on. */
    default void trialFailed(Trial trial, Throwable cause) {}
}
