/**
 * Runs an experiment's trials and leaves their results on disk.
 *
 * <p>{@link dev.palette.runner.ExperimentRunner} goes through the trials: those with a current result are taken as they are, an
 * interrupted one continues from its last checkpoint, the rest start. {@code TrialExecution} is one trial from its description to its
 * result. What training does lies in {@code train}, what a result is in {@code result}.
 */
@NullMarked
package dev.palette.runner;

import org.jspecify.annotations.NullMarked;
