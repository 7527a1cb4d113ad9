/**
 * One trial at work, in the process at hand: {@link dev.palette.execution.TrialWork} carries out a {@link dev.palette.execution.TrialOrder}
 * from the examples and the encoder's weights to the result, from the last checkpoint if there is one, while it holds the run's lock
 * ({@link dev.palette.execution.RunLock}). What a finished run is asked later, predictions of other splits, is here too ({@link
 * dev.palette.execution.RunPredictor}).
 *
 * <p>Which trials there are, in which process and on which device they run and what follows when one fails is decided elsewhere: in {@code
 * experiment}, {@code worker} and {@code runner}. What training does lies in {@code train}, what a result is in {@code result}.
 */
@NullMarked
package dev.palette.execution;

import org.jspecify.annotations.NullMarked;
