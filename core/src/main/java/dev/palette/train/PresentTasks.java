package dev.palette.train;

import dev.palette.sampler.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which tasks can be drawn at a step. It follows from the plan and the evaluations until then, so that all replicas, and a resumed trial,
 * come to the same.
 */
final class PresentTasks {
    private final Attendance plan;
    private final List<String> tasks;
    private final long steps;

    /**
     * The tasks of one trial.
     *
     * @param tasks in its order
     * @param steps of the whole trial
     */
    PresentTasks(Attendance plan, List<String> tasks, long steps) {
        this.plan = plan;
        this.tasks = List.copyOf(tasks);
        this.steps = steps;
    }

    /**
     * Something that happens to a task between two steps.
     *
     * @param drawn whether it can be drawn from here on
     * @param why in a few words: {@code joins}
     */
    record Change(String task, boolean drawn, String why) {}

    /** Whether a task joins or leaves now. */
    boolean changesAt(long done) {
        return tasks.stream().anyMatch(task -> plan.joinsAt(task, steps) == done || plan.leavesAt(task, steps) == done);
    }

    /**
     * The tasks that can be drawn now. Where all have stopped that are there, and another is still to join, those go on until then.
     *
     * @param evaluations so far, the oldest first
     * @return in the trial's order; none when training is over
     */
    List<String> drawable(long done, List<TaskReport> evaluations) {
        List<String> present =
                tasks.stream().filter(task -> plan.isPresent(task, done, steps)).toList();
        List<String> going = present.stream()
                .filter(task -> stoppedAt(task, evaluations).isEmpty())
                .toList();
        boolean waiting = tasks.stream().anyMatch(task -> plan.joinsAt(task, steps) > done);
        return going.isEmpty() && waiting ? present : going;
    }

    /** Steps done when a task had been evaluated too often without a better score; none where it goes on. */
    OptionalLong stoppedAt(String task, List<TaskReport> evaluations) {
        if (!plan.stopsTasks()) {
            return OptionalLong.empty();
        }
        double best = Double.NEGATIVE_INFINITY;
        int since = 0;
        for (TaskReport evaluation : evaluations) {
            if (evaluation.step() <= plan.joinsAt(task, steps)) {
                continue;
            }
            double score = evaluation.scores().getOrDefault(task, Double.NaN);
            since = score > best ? 0 : since + 1;
            best = score > best ? score : best; // what is not a number is never better
            if (since == plan.patience()) {
                return OptionalLong.of(evaluation.step());
            }
        }
        return OptionalLong.empty();
    }

    /** What happens to tasks now. */
    List<Change> changes(long done, List<TaskReport> evaluations) {
        List<Change> changes = new ArrayList<>();
        for (String task : tasks) {
            boolean stopsNow = stoppedAt(task, evaluations).orElse(-1) == done;
            if (plan.leavesAt(task, steps) == done) {
                changes.add(new Change(task, false, "leaves"));
            } else if (plan.joinsAt(task, steps) == done && done > 0) {
                changes.add(new Change(task, true, "joins"));
            } else if (stopsNow && plan.isPresent(task, done, steps)) {
                changes.add(
                        new Change(task, false, "stops: no better score in %d evaluations".formatted(plan.patience())));
            }
        }
        return changes;
    }
}
