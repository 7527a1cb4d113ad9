package dev.palette.slurm;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares tasks with what Slurm's queue says of them, and tells people how the queue does. */
final class TaskQueue {
    private final SlurmCommands commands;
    private final Consumer<String> notices;
    private String told = "";

    TaskQueue(SlurmCommands commands, Consumer<String> notices) {
        this.commands = commands;
        this.notices = notices;
    }

    /** Asks once for all; a task that is there no more is asked about by itself. */
    void follow(Collection<SlurmTask> tasks) {
        Set<String> jobs = tasks.stream()
                .flatMap(task -> task.submission().stream())
                .map(Submission::job)
                .collect(Collectors.toSet());
        Optional<List<QueuedTask>> queue = commands.queue(jobs);
        if (queue.isEmpty()) {
            tasks.forEach(SlurmTask::unanswered);
            tell("Slurm does not answer; it is asked again");
            return;
        }
        Map<String, QueuedTask> byName =
                queue.get().stream().collect(Collectors.toMap(QueuedTask::name, task -> task, (a, b) -> b));
        tasks.forEach(task -> compare(task, byName.get(task.name())));
        sayHow(byName.values());
    }

    private void compare(SlurmTask task, @Nullable QueuedTask now) {
        if (now != null && now.isHeldAfterFailure()) {
            commands.cancel(List.of(task.name()));
            task.ended(new TaskEnd(task.name(), "FAILED", "JobLaunchFailure", 0, 0, now.node()));
        } else if (now != null && !now.hasEnded()) {
            task.queued(now);
        } else {
            task.listen();
            if (task.missed()) {
                task.ended(commands.end(task.name()));
            }
        }
    }

    private void sayHow(Collection<QueuedTask> queue) {
        Map<String, Long> counts = queue.stream()
                .filter(task -> !task.hasEnded())
                .map(task -> !task.isWaiting() ? "running" : "waiting" + task.why())
                .collect(Collectors.groupingBy(how -> how, TreeMap::new, Collectors.counting()));
        if (!counts.isEmpty()) {
            tell("Slurm: "
                    + counts.entrySet().stream()
                            .map(each -> each.getValue() + " " + each.getKey())
                            .collect(Collectors.joining(", ")));
        }
    }

    /** The same is not said twice in a row. */
    void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            notices.accept(line);
        }
    }
}
