package dev.palette.experiment;

import dev.palette.adapter.Adapter;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.TaskSampling;
import dev.palette.task.Task;
import dev.palette.train.Training;
import java.util.List;

/** One point of an experiment's sweep with one seed: everything that changes numbers, and nothing else. */
public record Trial(
        EncoderSource encoder,
        int layers,
        List<Task> tasks,
        Adapter adapter,
        TaskSampling sampling,
        Training training,
        long seed) {}
