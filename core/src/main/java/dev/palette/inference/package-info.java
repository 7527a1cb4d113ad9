/**
 * Trained models in a program of one's own: {@link dev.palette.inference.Palette#load} gives the model of a finished run, which is asked
 * about texts, task by task.
 *
 * <pre>{@code
 * try (TrainedModel model = Palette.load(Path.of("runs/quickstart/92b436fa0621102a"))) {
 *     Prediction answer = model.task("paraphrase").predict("The cat sat.", "A cat was sitting.");
 *     System.out.println(answer.text() + " " + answer.probabilities());
 * }
 * }</pre>
 *
 * <p>Predictions of whole data sets as files are not made here, but by {@link dev.palette.execution.RunPredictor}.
 */
@NullMarked
package dev.palette.inference;

import org.jspecify.annotations.NullMarked;
