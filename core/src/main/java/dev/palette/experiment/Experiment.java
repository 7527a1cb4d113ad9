package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.List;

/**
 * What a script describes: one encoder, its tasks, the values of every axis, and the seeds. {@link #trials} expands it.
 *
 * @param name names the folder of its runs
 * @param encoder where the encoder comes from
 * @param layers layers kept, counted from the embeddings; 0 for all
 * @param tasks what is learnt together, in order
 * @param adapters the values of the adapter axis; one or more
 * @param samplings the values of the sampling axis; one or more
 * @param training how every trial is trained
 * @param seeds one trial a seed
 */
public record Experiment(
        String name,
        EncoderSource encoder,
        int layers,
        List<Task> tasks,
        List<Adapter> adapters,
        List<TaskSampling> samplings,
        Training training,
        List<Long> seeds) {}
