/**
 * What is learnt: tasks, their data and how predictions are scored.
 *
 * <p>A {@link dev.palette.task.Task} is a description: which kind of {@link dev.palette.task.Head} it needs, by which {@link
 * dev.palette.task.Loss} it is learnt and by which metrics it is judged, where its examples are. GLUE (Wang et al. 2019) gives ten
 * of texts or pairs with one label ({@link dev.palette.task.TextTask}), each a folder of tab-separated files with columns of its
 * own ({@link dev.palette.task.GlueLayout}); SQuAD is in {@code squad}. A task's {@link dev.palette.task.Examples} come in splits: a
 * model learns from train; a {@link dev.palette.task.Holdout} of it chooses the checkpoint; dev is reported. Choosing and
 * reporting on the same examples flatters.
 *
 * <p>A {@link dev.palette.task.Dataset} is a split as the model reads it, word pieces and labels, and what makes the model's {@link
 * dev.palette.task.Outputs} into predictions and {@link dev.palette.task.Scores}. A training step takes one
 * {@link dev.palette.task.Batch} of one task, as a rule of examples of like length ({@link dev.palette.task.BatchOrder}, {@link
 * dev.palette.task.LengthBuckets}), in an order that follows from the seed, the task's name and the epoch alone ({@link
 * dev.palette.task.TrainingOrder}). Which task the step takes is a sampler's business.
 *
 * <p>Tokenising is done once. A {@link dev.palette.task.DatasetStore} keeps each dataset as flat arrays in a file ({@link
 * dev.palette.task.SequenceArrays}, {@link dev.palette.task.DatasetArrays}) under a key of all that decides its numbers, and maps
 * it the next time; a task says by its {@link dev.palette.task.DatasetForm} how a dataset is made of them again. The batches of
 * the next steps are cut on a thread of their own ({@link dev.palette.task.Prefetch}).
 *
 * <p>A {@link dev.palette.task.Metric} is computed over a whole split, and an {@link dev.palette.task.Average} of tasks
 * always has a name. {@link dev.palette.task.MajorityBaseline} is what a trained model must beat.
 */
@NullMarked
package dev.palette.task;

import org.jspecify.annotations.NullMarked;
