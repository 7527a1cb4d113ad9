package dev.palette.train;

import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.TaskSampler;
import dev.palette.sampler.TaskSampling;
import java.util.List;
import java.util.Map;

/** Which task each step takes: a sampling method applied to the tasks' sizes, or as the original applied it. */
public final class SampledTasks {
    /** The sizes written down in the original, by its names of GLUE's tasks. */
    private static final Map<String, Integer> FIXED_SIZES = Map.of(
            "cola", 6_680, "mrpc", 2_865, "mnli", 306_798, "rte", 1_945, "sts", 4_491, "sst", 52_616, "qqp", 284_257,
            "qnli", 84_715);

    private SampledTasks() {}

    /** The sampler of one trial. */
    public static TaskSampler sampler(TaskSampling sampling, List<TrainingTask> tasks, Training plan) {
        if (sampling instanceof RoundRobin && plan.reproduces(Compatibility.ROUND_ROBIN_FIRST_TASK_ONLY)) {
            return (step, uniform) -> 0;
        }
        long[] sizes = tasks.stream().mapToLong(task -> size(task, plan)).toArray();
        return sampling.sampler(sizes, plan.steps());
    }

    private static long size(TrainingTask task, Training plan) {
        return plan.reproduces(Compatibility.FIXED_TASK_SIZES)
                ? FIXED_SIZES.getOrDefault(task.task().name(), task.examples())
                : task.examples();
    }
}
