package dev.palette.slurm;

import dev.palette.execution.TrialOutcome;
import dev.palette.launch.GrowingFile;
import dev.palette.launch.NodeFiles;
import dev.palette.launch.WorkerJob;
import dev.palette.worker.Ear;
import dev.palette.worker.Worker;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A trial as a task of a job array, from before it is submitted to its end; Slurm may start it several times. */
final class SlurmTask implements Worker {
    /** What a node wrote last may be seen a little after the queue says that it has ended. */
    private static final long SECONDS_TO_SETTLE = 3;

    private final WorkerJob job;
    private final Ear ear;
    private @Nullable Submission submission;
    private int index;
    private int start;
    private GrowingFile.Place heard = new GrowingFile.Place();
    private int judgedBefore;
    private @Nullable QueuedTask seen;
    private long missedAt;
    private boolean wanted = true;
    private boolean toBeCancelled;
    private boolean killed;
    private boolean over;
    private boolean failed;

    SlurmTask(WorkerJob job, Ear ear) {
        this.job = job;
        this.ear = ear;
    }

    WorkerJob job() {
        return job;
    }

    /** It has been handed over. */
    void submitted(Submission as, int at) {
        submission = as;
        index = at;
    }

    /** It was handed over in an earlier sitting; what was decided then is not decided again. */
    void adopted(Submission as, int at) {
        submitted(as, at);
        begin(files().latest());
        judgedBefore = (int) files().commands(start, new GrowingFile.Place()).stream()
                .filter(WorkerCommand.Judged.class::isInstance)
                .count();
    }

    Optional<Submission> submission() {
        return Optional.ofNullable(submission);
    }

    /** How Slurm's commands call it. */
    String name() {
        return submitted().task(index);
    }

    private Submission submitted() {
        return Objects.requireNonNull(submission);
    }

    private NodeFiles files() {
        return submitted().files(index);
    }

    /** Whether nothing more will be heard. */
    boolean isOver() {
        return over;
    }

    /** Whether it did not end as it should, so that its log may say something. */
    boolean hasFailed() {
        return failed;
    }

    @Override
    public boolean isWaiting() {
        return seen != null && seen.isWaiting();
    }

    @Override
    public void tell(WorkerCommand command) {
        if (over || command instanceof WorkerCommand.Begin) { // it began when it was prepared
            return;
        }
        if (command instanceof WorkerCommand.Stop) {
            wanted = false;
            if (submission == null) {
                stopped();
                return;
            }
            toBeCancelled = seen == null || !seen.state().equals("RUNNING");
        }
        files().tell(start, command);
    }

    @Override
    public void kill() {
        wanted = false;
        killed = true;
        if (submission == null) {
            end("it was not started");
        } else {
            toBeCancelled = !over;
        }
    }

    /** Whether Slurm is to end it; the answer is yes once. */
    boolean takeCancellation() {
        boolean now = toBeCancelled && !over;
        toBeCancelled = false;
        return now;
    }

    /** Passes on what it has said since the last look. */
    void listen() {
        if (over || submission == null) {
            return;
        }
        int latest;
        do {
            files().events(start, heard).forEach(this::hear);
            latest = files().latest();
            if (latest > start && !over) {
                begin(latest);
            }
        } while (latest > start && !over);
    }

    private void begin(int newStart) {
        start = newStart;
        heard = new GrowingFile.Place();
        judgedBefore = 0;
        if (!wanted) {
            files().tell(start, new WorkerCommand.Stop());
        }
    }

    private void hear(WorkerEvent event) {
        if (over || (event instanceof WorkerEvent.Evaluated && judgedBefore-- > 0)) {
            return;
        }
        if (event instanceof WorkerEvent.Ended ended && ended.outcome() == TrialOutcome.STOPPED) {
            if (!wanted) {
                stopped();
            } // else Slurm wanted it to, and starts it again, or the queue says why not
            return;
        }
        ear.heard(event);
        if (event instanceof WorkerEvent.Ended || event instanceof WorkerEvent.Failed) {
            failed = event instanceof WorkerEvent.Failed;
            end("");
        }
    }

    private void stopped() {
        ear.heard(new WorkerEvent.Ended(TrialOutcome.STOPPED));
        end("");
    }

    private void end(String how) {
        over = true;
        ear.gone(how);
    }

    /** Slurm doesn't answer: what waited, waits. */
    void unanswered() {
        if (isWaiting()) {
            ear.heard(new WorkerEvent.Alive());
        }
    }

    /** It is in the queue. */
    void queued(QueuedTask now) {
        missedAt = 0;
        boolean back = seen != null && !seen.isWaiting() && now.isWaiting();
        seen = now;
        if (back && wanted) {
            ear.heard(new WorkerEvent.Said(
                    "trial %s: Slurm took it off its node; it waits to go on from its checkpoint (job %s)"
                            .formatted(job.trial().id(), now.name())));
        }
        if (now.isWaiting()) {
            ear.heard(new WorkerEvent.Alive());
            toBeCancelled |= !wanted;
        }
    }

    /** It is not in the queue, or has ended there; whether it is time to ask why. */
    boolean missed() {
        long now = System.nanoTime();
        if (missedAt == 0) {
            missedAt = now;
        }
        return !over && now - missedAt > TimeUnit.SECONDS.toNanos(SECONDS_TO_SETTLE);
    }

    /** It has left the queue without a last word. */
    void ended(TaskEnd how) {
        if (!wanted && !killed) {
            stopped();
            return;
        }
        failed = true;
        if (how.isWithoutFiles()) {
            ear.heard(new WorkerEvent.Failed(
                    WorkerEvent.Fault.INPUT,
                    "a node does not see what this machine sees (%s): Palette, its Java, the weights' cache, the data and %s have to lie under the same paths on all nodes; %s says what is missing, if the node could write there"
                            .formatted(
                                    how.where(),
                                    submitted().folder(),
                                    submitted().log(index))));
        }
        end(how.text());
    }
}
