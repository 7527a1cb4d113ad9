/**
 * Brings an experiment's trials to their results.
 *
 * <p>{@link dev.palette.runner.ExperimentRunner} takes those with a current result as they are and hands the others to a {@code Scheduler}.
 * {@code WorkerScheduler} decides which trial is started when, on a {@code Lane} for each slot, the next one loading while one ends where
 * that is of use; it knows what to do with a worker that failed, crashed, hangs, or takes too long. {@code InProcessScheduler} does without
 * workers. {@code Workplace} is the choice between them.
 *
 * <p>Where workers run lies in {@code launch}, what one trial's work is in {@code execution}, what training does in {@code train}, what a
 * result is in {@code result}.
 */
@NullMarked
package dev.palette.runner;

import org.jspecify.annotations.NullMarked;
