package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.List;

/**
 * A trial without its seed: what a line of a table stands for.
 *
 * @param encoder where the encoder comes from
 * @param layers layers kept, counted from the embeddings; 0 for all
 * @param tasks what is learnt together, in order
 * @param adapter the parameters added to the encoder
 * @param sampling which task the next batch comes from
 * @param training how it is trained
 */
public record Variant(
        EncoderSource encoder,
        int layers,
        List<Task> tasks,
        Adapter adapter,
        TaskSampling sampling,
        Training training) {
    /** Copies the list. */
    public Variant {
        tasks = List.copyOf(tasks);
    }

    /** The trial of a seed. */
    public Trial trial(long seed) {
        return new Trial(encoder, layers, tasks, adapter, sampling, training, seed);
    }

    /** The variant that a trial is of. */
    public static Variant of(Trial trial) {
        return new Variant(
                trial.encoder(), trial.layers(), trial.tasks(), trial.adapter(), trial.sampling(), trial.training());
    }
}
