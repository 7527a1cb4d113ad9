package dev.palette.slurm;

import dev.palette.experiment.RunPlan;
import dev.palette.experiment.SlurmPlan;
import dev.palette.experiment.Trial;
import dev.palette.kernel.Device;
import dev.palette.launch.Launcher;
import dev.palette.launch.NodeOrder;
import dev.palette.launch.Slot;
import dev.palette.launch.WorkerJob;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import dev.palette.worker.Ear;
import dev.palette.worker.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Workers as tasks of Slurm's job arrays. What is started between two looks goes as one array. This process may end and come back: its
 * tasks go on without it, and it finds them again by what is written in the experiment's folder.
 */
public final class SlurmLauncher implements Launcher {
    private static final long NANOS_BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

    /** Files on a network come late, and a node may be busy. */
    private static final int SECONDS_OF_PATIENCE = 300;

    /** Trials are found again in the folder of submissions, which lies in the experiment's. */
    private static final String SUBMISSIONS = ".slurm";

    private static final String LOCK = ".locks/slurm";

    private final RunPlan plan;
    private final SlurmPlan slurm;
    private final Path folder;
    private final boolean search;
    private final Consumer<String> notices;
    private final SlurmCommands commands;
    private final List<SlurmTask> tasks = new ArrayList<>();
    private final List<SlurmTask> fresh = new ArrayList<>();
    private final Map<String, Place> left = new HashMap<>();
    private final Set<Submission> submissions = new LinkedHashSet<>();
    private final Set<Submission> worthKeeping = new HashSet<>();
    private @Nullable LockedFolder lock;
    private int largestArray;
    private long lookedAt;
    private long polledAt;
    private String told = "";

    /** A task of an earlier sitting. */
    private record Place(Submission submission, int index) {}

    /**
     * A launcher.
     *
     * @param experiment the folder of the experiment's runs
     * @param search whether which trials there are hangs on the scores of others
     * @param notices hears what is submitted, and how the queue does
     */
    public SlurmLauncher(RunPlan plan, Path experiment, boolean search, Consumer<String> notices) {
        this(plan, experiment, search, notices, new SlurmCommands());
    }

    SlurmLauncher(RunPlan plan, Path experiment, boolean search, Consumer<String> notices, SlurmCommands commands) {
        this.plan = plan;
        this.slurm = plan.slurm();
        this.folder = experiment.toAbsolutePath();
        this.search = search;
        this.notices = notices;
        this.commands = commands;
    }

    @Override
    public String text() {
        String asked = String.join(" ", slurm.words());
        return "running on Slurm%s, each trial a task of a job array"
                .formatted(asked.isEmpty() ? ", as it has it by default" : ": " + asked);
    }

    @Override
    public List<Slot> slots(int trials) {
        int most = slurm.atOnce() == 0 ? SlurmPlan.SEARCHED_AT_ONCE : slurm.atOnce();
        Slot slot = new Slot("slurm", Device.CPU, 0, plan.replicas(), Map.of());
        return Collections.nCopies(Math.max(1, search ? Math.min(most, trials) : trials), slot);
    }

    @Override
    public boolean loadsAhead() {
        return false;
    }

    @Override
    public int patience() {
        return SECONDS_OF_PATIENCE;
    }

    @Override
    public boolean holds(Trial trial) {
        open();
        return left.containsKey(trial.id());
    }

    /** Makes sure that there is a Slurm, and looks what earlier sittings have left there. */
    private void open() {
        if (lock != null) {
            return;
        }
        if (plan.devices().contains("*")) {
            throw new PaletteException(
                    "run.devices is '%s', which has several trials share a machine; on Slurm each has its own task: set run.devices=auto, and run.slurm.atOnce for a bound"
                            .formatted(plan.devices()));
        }
        largestArray = commands.largestArray();
        lock = LockedFolder.tryLock(folder.resolve(LOCK))
                .orElseThrow(() -> new PaletteException(
                        "another process runs this experiment on Slurm, in %s; let it, or stop it first"
                                .formatted(folder)));
        for (Submission written : Submission.in(folder.resolve(SUBMISSIONS))) {
            if (!find(written)) {
                FileTree.delete(written.folder());
            }
        }
        if (!left.isEmpty()) {
            notices.accept("following %d trials that Slurm has from an earlier start".formatted(left.size()));
        }
    }

    /** Whether some of a submission's tasks are still there; one without an id may have been handed over all the same. */
    private boolean find(Submission written) {
        List<QueuedTask> alive = (written.job().isEmpty()
                        ? commands.queue(written.name())
                        : commands.queue(Set.of(written.job())))
                        .orElseThrow(() -> new PaletteException(
                                "Slurm does not say what became of the trials that an earlier start has handed over in %s; run again when squeue answers"
                                        .formatted(written.folder())))
                        .stream()
                        .filter(task -> !task.hasEnded())
                        .toList();
        if (alive.isEmpty()) {
            return false;
        }
        Submission submission = written.as(alive.get(0).job());
        alive.forEach(task -> left.put(submission.trials().get(task.index()), new Place(submission, task.index())));
        submissions.add(submission);
        return true;
    }

    @Override
    public Worker start(WorkerJob job, Slot slot, Ear ear) {
        open();
        SlurmTask task = new SlurmTask(job, ear);
        Place place = left.remove(job.trial().id());
        if (place == null) {
            fresh.add(task);
        } else {
            task.adopted(place.submission(), place.index());
            tasks.add(task);
        }
        return task;
    }

    @Override
    public void attend() {
        long now = System.nanoTime();
        fresh.removeIf(SlurmTask::isOver);
        boolean due = now - polledAt > TimeUnit.SECONDS.toNanos(slurm.pollSeconds());
        if (!fresh.isEmpty()) {
            submit();
        }
        if (now - lookedAt > NANOS_BETWEEN_LOOKS) {
            lookedAt = now;
            tasks.stream()
                    .filter(task -> !task.seen().map(QueuedTask::isWaiting).orElse(false))
                    .forEach(SlurmTask::listen);
        }
        List<String> unwanted = tasks.stream()
                .filter(SlurmTask::takeCancellation)
                .map(SlurmTask::name)
                .toList();
        if (!unwanted.isEmpty()) {
            commands.cancel(unwanted);
            due = true;
        }
        forget();
        if (due && !tasks.isEmpty()) {
            poll();
        }
    }

    private void submit() {
        while (!fresh.isEmpty()) {
            List<SlurmTask> together = List.copyOf(fresh.subList(0, Math.min(fresh.size(), largestArray)));
            Submission prepared = Submission.prepare(
                    folder.resolve(SUBMISSIONS),
                    String.valueOf(folder.getFileName()),
                    together.stream().map(task -> task.job().trial().id()).toList(),
                    slurm);
            for (int i = 0; i < together.size(); i++) {
                WorkerJob job = together.get(i).job();
                prepared.files(i).write(new NodeOrder(job.order(), job.attempts(), plan));
            }
            Optional<Submission> submitted = handOver(prepared);
            if (submitted.isEmpty()) {
                return;
            }
            for (int i = 0; i < together.size(); i++) {
                together.get(i).submitted(submitted.get(), i);
            }
            submissions.add(submitted.get());
            tasks.addAll(together);
            fresh.removeAll(together);
            notices.accept("Slurm has %d %s as job %s"
                    .formatted(
                            together.size(),
                            together.size() == 1 ? "trial" : "trials",
                            submitted.get().job()));
        }
    }

    private Optional<Submission> handOver(Submission prepared) {
        boolean accepted = false;
        try {
            Optional<Submission> submitted = prepared.submit(commands, slurm);
            accepted = submitted.isPresent();
            if (!accepted) {
                tell("Slurm has no time to take trials; they are offered again");
            }
            return submitted;
        } finally {
            if (!accepted) {
                FileTree.delete(prepared.folder());
            }
        }
    }

    private void poll() {
        polledAt = System.nanoTime();
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
    private void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            notices.accept(line);
        }
    }

    private void forget() {
        tasks.stream()
                .filter(SlurmTask::hasFailed)
                .flatMap(task -> task.submission().stream())
                .forEach(worthKeeping::add);
        tasks.removeIf(SlurmTask::isOver);
    }

    /** What ended as it should leaves nothing. */
    @Override
    public void close() {
        List<String> unwanted = tasks.stream()
                .filter(SlurmTask::takeCancellation)
                .map(SlurmTask::name)
                .toList();
        if (!unwanted.isEmpty()) {
            commands.cancel(unwanted);
        }
        forget();
        tasks.stream().flatMap(task -> task.submission().stream()).forEach(worthKeeping::add);
        left.values().forEach(place -> worthKeeping.add(place.submission()));
        submissions.stream()
                .filter(each -> !worthKeeping.contains(each))
                .forEach(each -> FileTree.delete(each.folder()));
        if (Submission.in(folder.resolve(SUBMISSIONS)).isEmpty()) {
            FileTree.delete(folder.resolve(SUBMISSIONS));
        }
        if (!left.isEmpty()) {
            notices.accept("Slurm still has trials that nobody asks for any more; to end them: scancel %s"
                    .formatted(left.values().stream()
                            .map(place -> place.submission().task(place.index()))
                            .collect(Collectors.joining(" "))));
        }
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
