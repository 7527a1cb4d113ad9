/**
 * Brings an experiment's trials to their results on one machine's devices.
 *
 * <p>{@link dev.palette.runner.ExperimentRunner} takes those with a current result as they are and hands the others to a {@code Launcher}.
 * {@code LocalLauncher} is the scheduler: a {@code Lane} for each slot of each device ({@code Devices}), a worker process for each trial
 * ({@code dev.palette.worker}), the next one loading while one ends; it knows what to do with a worker that failed, crashed, hangs, or
 * takes too long. {@code InProcessLauncher} does without processes.
 *
 * <p>What one trial's work is lies in {@code execution}, what training does in {@code train}, what a result is in {@code result}.
 */
@NullMarked
package dev.palette.runner;

import org.jspecify.annotations.NullMarked;
