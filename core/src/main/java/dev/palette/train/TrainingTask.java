package dev.palette.train;

import dev.palette.task.Dataset;
import dev.palette.task.Task;
import dev.palette.task.TrainingOrder;
import java.util.Map;

/**
 * A task with its examples made ready.
 *
 * @param task the description
 * @param order the training batches
 * @param examples training examples, what the selection holds out not counted
 * @param selection what chooses the best checkpoint, by evaluation name
 */
public record TrainingTask(Task task, TrainingOrder order, int examples, Map<String, Dataset> selection) {}
