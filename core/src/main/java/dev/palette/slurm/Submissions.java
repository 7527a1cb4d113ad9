package dev.palette.slurm;

import dev.palette.experiment.SlurmPlan;
import dev.palette.launch.NodeOrder;
import dev.palette.launch.WorkerJob;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an experiment has handed to Slurm, by this start and by earlier ones, as its folder {@code .slurm} says. One process has it at a
 * time.
 */
final class Submissions implements AutoCloseable {
    private static final String FOLDER = ".slurm";
    private static final String LOCK = ".locks/slurm";

    private final Path experiment;
    private final SlurmCommands commands;
    private final LockedFolder lock;
    private final Map<String, Place> left = new HashMap<>();
    private final Set<Submission> known = new LinkedHashSet<>();
    private final Set<Submission> worthKeeping = new HashSet<>();

    private Submissions(Path experiment, SlurmCommands commands, LockedFolder lock) {
        this.experiment = experiment;
        this.commands = commands;
        this.lock = lock;
    }

    /** Where a trial is found: a task of an array. */
    record Place(Submission submission, int index) {
        String name() {
            return submission.task(index);
        }
    }

    /**
     * Takes the folder, and asks Slurm what it still has of earlier starts.
     *
     * @param experiment the folder of its runs
     * @throws PaletteException when another process has it, or Slurm does not answer
     */
    static Submissions open(Path experiment, SlurmCommands commands) {
        LockedFolder lock = LockedFolder.tryLock(experiment.resolve(LOCK))
                .orElseThrow(() -> new PaletteException(
                        "another process runs this experiment on Slurm, in %s; let it, or stop it first"
                                .formatted(experiment)));
        Submissions submissions = new Submissions(experiment, commands, lock);
        boolean found = false;
        try {
            submissions.find();
            found = true;
        } finally {
            if (!found) {
                lock.close();
            }
        }
        return submissions;
    }

    private void find() {
        for (Submission written : Submission.in(folder())) {
            if (!isAlive(written)) {
                FileTree.delete(written.folder());
            }
        }
    }

    /** Whether some of a submission's tasks are still there; one without an id may have been handed over all the same. */
    private boolean isAlive(Submission written) {
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
        known.add(submission);
        return true;
    }

    /** Tasks of earlier starts that nobody has asked for yet. */
    List<Place> left() {
        return List.copyOf(left.values());
    }

    /** Whether an earlier start's task is at a trial. */
    boolean has(String trial) {
        return left.containsKey(trial);
    }

    /** The task of an earlier start that is at a trial, to be followed from now on. */
    Optional<Place> take(String trial) {
        return Optional.ofNullable(left.remove(trial));
    }

    /**
     * Hands over some trials as one array.
     *
     * @return the array; empty when Slurm has no time now
     * @throws PaletteException when Slurm refuses it
     */
    Optional<Submission> handOver(List<WorkerJob> jobs, NodeOrders orders, SlurmPlan slurm) {
        Submission prepared = Submission.prepare(
                folder(),
                String.valueOf(experiment.getFileName()),
                jobs.stream().map(job -> job.trial().id()).toList(),
                slurm);
        Optional<Submission> submitted = Optional.empty();
        try {
            for (int i = 0; i < jobs.size(); i++) {
                prepared.files(i).write(orders.of(jobs.get(i)));
            }
            submitted = prepared.submit(commands, slurm);
        } finally {
            if (submitted.isEmpty()) {
                FileTree.delete(prepared.folder());
            }
        }
        submitted.ifPresent(known::add);
        return submitted;
    }

    /** What a node is told of a trial. */
    @FunctionalInterface
    interface NodeOrders {
        NodeOrder of(WorkerJob job);
    }

    /** Its folder stays: a log in it may be wanted, or a task goes on. */
    void keep(Submission submission) {
        worthKeeping.add(submission);
    }

    /** What ended as it should leaves nothing. */
    @Override
    public void close() {
        left.values().forEach(place -> keep(place.submission()));
        known.stream().filter(each -> !worthKeeping.contains(each)).forEach(each -> FileTree.delete(each.folder()));
        if (Submission.in(folder()).isEmpty()) {
            FileTree.delete(folder());
        }
        lock.close();
    }

    private Path folder() {
        return experiment.resolve(FOLDER);
    }
}
