package dev.palette.train;

import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.TaskReport;
import dev.palette.sampler.TaskSampler;
import dev.palette.sampler.TaskSampling;
import dev.palette.sampler.TaskSizes;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which task each batch is of: a sampling method applied to the tasks that can still be drawn, or as the original applied it. It is told
 * of training between two steps alone, at steps that are known before: until the next of them all draws are settled, and their batches
 * can be prepared.
 */
final class SampledTasks {
    /** The sizes written down in the original, by its names of GLUE's tasks. */
    private static final Map<String, Integer> FIXED_SIZES = Map.of(
            "cola", 6_680, "mrpc", 2_865, "mnli", 306_798, "rte", 1_945, "sts", 4_491, "sst", 52_616, "qqp", 284_257,
            "qnli", 84_715);

    private final TaskSampling sampling;
    private final List<TrainingTask> tasks;
    private final Training plan;
    private final PresentTasks present;
    private final boolean told;

    /** The tasks of one trial, in its order. */
    SampledTasks(TaskSampling sampling, List<TrainingTask> tasks, Training plan) {
        this.sampling = sampling;
        this.tasks = List.copyOf(tasks);
        this.plan = plan;
        this.present = new PresentTasks(
                plan.attendance(),
                tasks.stream().map(task -> task.task().name()).toList(),
                plan.steps());
        this.told = LongStream.range(1, plan.steps()).anyMatch(this::isReportDue);
    }

    /** Whether anything depends on the scores of evaluations. */
    boolean needsScores() {
        return sampling.needsScores();
    }

    /** Whether any report is made before the end, and so losses are to be remembered for it. */
    boolean isTold() {
        return told;
    }

    /** Whether a report is to be made now. */
    boolean isReportDue(long done) {
        return sampling.isReportDue(done) || (needsScores() && plan.evaluate().isDue(done));
    }

    /** Whether tasks stop by the scores of evaluations. */
    boolean stopsTasks() {
        return plan.attendance().stopsTasks();
    }

    /** What happens to tasks now, by these evaluations. */
    List<PresentTasks.Change> changes(long done, List<TaskReport> evaluations) {
        return present.changes(done, evaluations);
    }

    /** Whether every task has stopped, and none is to join. */
    boolean isOver(long done, List<TaskReport> evaluations) {
        return present.drawable(done, evaluations).isEmpty();
    }

    private boolean isSettledAnew(long done) {
        return isReportDue(done)
                || present.changesAt(done)
                || (stopsTasks() && plan.evaluate().isDue(done));
    }

    /** The next step after which a report is due or other tasks can be drawn, or the last step. */
    long settledUntil(long done) {
        long step = done + 1;
        while (step < plan.steps() && !isSettledAnew(step)) {
            step++;
        }
        return step;
    }

    /** Draws between two reports. */
    @FunctionalInterface
    interface Draws {
        /** The task that a batch is of. */
        TrainingTask draw(long draw, double uniform);
    }

    /**
     * The draws from a step on, until {@linkplain #settledUntil what they go by changes}.
     *
     * @param done steps done
     * @param reports made to the sampler so far
     * @param evaluations by which tasks stop
     */
    Draws after(long done, List<TaskReport> reports, List<TaskReport> evaluations) {
        List<String> drawable = present.drawable(done, evaluations);
        return among(
                tasks.stream()
                        .filter(task -> drawable.contains(task.task().name()))
                        .toList(),
                reports);
    }

    private Draws among(List<TrainingTask> tasks, List<TaskReport> reports) {
        if (sampling instanceof RoundRobin && plan.reproduces(Compatibility.ROUND_ROBIN_FIRST_TASK_ONLY)) {
            return (draw, uniform) -> tasks.get(0);
        }
        TaskSizes sizes = new TaskSizes(
                tasks.stream().map(task -> task.task().name()).toList(),
                tasks.stream().map(this::size).toList());
        TaskSampler sampler = sampling.sampler(sizes, (long) plan.steps() * plan.batchesPerStep());
        return (draw, uniform) -> tasks.get(sampler.draw(draw, uniform, reports));
    }

    private long size(TrainingTask task) {
        if (plan.reproduces(Compatibility.FIXED_TASK_SIZES)) {
            return FIXED_SIZES.getOrDefault(task.task().name(), task.examples());
        }
        return plan.taskSizes() == TaskSizing.OFFICIAL
                ? task.task().officialExamples().orElseThrow()
                : task.examples();
    }
}
