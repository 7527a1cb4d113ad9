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
import dev.palette.worker.Ear;
import dev.palette.worker.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final RunPlan plan;
    private final SlurmPlan slurm;
    private final Path folder;
    private final boolean search;
    private final Consumer<String> notices;
    private final SlurmCommands commands;
    private final TaskQueue queue;
    private final List<SlurmTask> tasks = new ArrayList<>();
    private final List<SlurmTask> fresh = new ArrayList<>();
    private @Nullable Submissions opened;
    private int largestArray;
    private long lookedAt;
    private long polledAt;

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
        this.queue = new TaskQueue(commands, notices);
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
        return submissions().has(trial.id());
    }

    /** Makes sure that there is a Slurm, and looks what earlier sittings have left there. */
    private Submissions submissions() {
        Submissions known = opened;
        if (known != null) {
            return known;
        }
        if (plan.devices().contains("*")) {
            throw new PaletteException(
                    "run.devices is '%s', which has several trials share a machine; on Slurm each has its own task: set run.devices=auto, and run.slurm.atOnce for a bound"
                            .formatted(plan.devices()));
        }
        largestArray = commands.largestArray();
        Submissions found = Submissions.open(folder, commands);
        opened = found;
        if (!found.left().isEmpty()) {
            notices.accept("following %d trials that Slurm has from an earlier start"
                    .formatted(found.left().size()));
        }
        return found;
    }

    @Override
    public Worker start(WorkerJob job, Slot slot, Ear ear) {
        SlurmTask task = new SlurmTask(job, ear);
        submissions()
                .take(job.trial().id())
                .ifPresentOrElse(
                        place -> {
                            task.adopted(place.submission(), place.index());
                            tasks.add(task);
                        },
                        () -> fresh.add(task));
        return task;
    }

    @Override
    public void attend() {
        long now = System.nanoTime();
        fresh.removeIf(SlurmTask::isOver);
        boolean due = now - polledAt > TimeUnit.SECONDS.toNanos(slurm.pollSeconds());
        submit();
        if (now - lookedAt > NANOS_BETWEEN_LOOKS) {
            lookedAt = now;
            tasks.stream().filter(task -> !task.isWaiting()).forEach(SlurmTask::listen);
        }
        due |= cancelUnwanted();
        forget();
        if (due && !tasks.isEmpty()) {
            polledAt = System.nanoTime();
            queue.follow(tasks);
        }
    }

    private void submit() {
        while (!fresh.isEmpty()) {
            List<SlurmTask> together = List.copyOf(fresh.subList(0, Math.min(fresh.size(), largestArray)));
            Optional<Submission> submitted = submissions()
                    .handOver(
                            together.stream().map(SlurmTask::job).toList(),
                            job -> new NodeOrder(job.order(), job.attempts(), plan),
                            slurm);
            if (submitted.isEmpty()) {
                queue.tell("Slurm has no time to take trials; they are offered again");
                return;
            }
            for (int i = 0; i < together.size(); i++) {
                together.get(i).submitted(submitted.get(), i);
            }
            tasks.addAll(together);
            fresh.removeAll(together);
            notices.accept("Slurm has %d %s as job %s"
                    .formatted(
                            together.size(),
                            together.size() == 1 ? "trial" : "trials",
                            submitted.get().job()));
        }
    }

    /** Whether there was something to cancel. */
    private boolean cancelUnwanted() {
        List<String> unwanted = tasks.stream()
                .filter(SlurmTask::takeCancellation)
                .map(SlurmTask::name)
                .toList();
        if (!unwanted.isEmpty()) {
            commands.cancel(unwanted);
        }
        return !unwanted.isEmpty();
    }

    private void forget() {
        tasks.stream()
                .filter(SlurmTask::hasFailed)
                .flatMap(task -> task.submission().stream())
                .forEach(submission -> submissions().keep(submission));
        tasks.removeIf(SlurmTask::isOver);
    }

    @Override
    public void close() {
        Submissions known = opened;
        if (known == null) {
            return;
        }
        cancelUnwanted();
        forget();
        tasks.stream().flatMap(task -> task.submission().stream()).forEach(known::keep);
        List<Submissions.Place> left = known.left();
        known.close();
        opened = null;
        if (!left.isEmpty()) {
            notices.accept("Slurm still has trials that nobody asks for any more; to end them: scancel %s"
                    .formatted(left.stream().map(Submissions.Place::name).collect(Collectors.joining(" "))));
        }
    }
}
