/**
 * How a model is trained: the plan as a script describes it, the schedule, the optimizer, the loop, evaluation and checkpoints.
 *
 * <p>One step draws a task, takes its next batch, computes the loss and the gradient of the parameters in play, and updates those
 * alone. Every random number is keyed by (seed, purpose), so a step's randomness follows from its number and a resumed trial
 * computes what an uninterrupted one does. Which trials there are is decided in {@code experiment}.
 */
@NullMarked
package dev.palette.train;

import org.jspecify.annotations.NullMarked;
