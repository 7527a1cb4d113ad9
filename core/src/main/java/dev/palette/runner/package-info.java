/**
 * Runs an experiment's trials and leaves their results on disk.
 *
 * <p>{@link dev.palette.runner.ExperimentRunner} goes through the trials: those with a current result are taken as they are, an
 * interrupted one continues from its last checkpoint, the rest start. {@code TrialExecution} is one trial from its description to its
 * result, with which it leaves its predictions; those of test sets can be made later too, from the weights that the run kept ({@link
 * dev.palette.runner.RunPredictor}). What training does lies in {@code train}, what a result is in {@code result}.
 */
@NullMarked
package dev.palette.runner;

import org.jspecify.annotations.NullMarked;
