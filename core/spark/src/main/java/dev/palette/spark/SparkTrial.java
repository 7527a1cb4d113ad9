package dev.palette.spark;

import dev.palette.execution.TrialOutcome;
import dev.palette.worker.Ear;
import dev.palette.worker.Wire;
import dev.palette.worker.Worker;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaFutureAction;

/** A trial as a job of Spark's, with one task, which Spark starts again by itself when it was the machine that was lost. */
final class SparkTrial implements Worker {
    private static final long NONE = -1;
    private static final long NANOS_BETWEEN_SIGNS_OF_LIFE = TimeUnit.SECONDS.toNanos(5);

    private final String group;
    private final Ear ear;
    private final Notes notes;
    private final JavaFutureAction<List<List<Note>>> job;
    private final Runnable cancel;
    private long task = NONE;
    private long heard = NONE;
    private long saidAt = System.nanoTime();
    private boolean lastWord;
    private boolean wanted = true;
    private boolean killed;
    private boolean over;

    /**
     * A trial that was handed over.
     *
     * @param group by which its job can be cancelled
     * @param cancel does so
     */
    SparkTrial(String group, Ear ear, Notes notes, JavaFutureAction<List<List<Note>>> job, Runnable cancel) {
        this.group = group;
        this.ear = ear;
        this.notes = notes;
        this.job = job;
        this.cancel = cancel;
    }

    String group() {
        return group;
    }

    long accumulator() {
        return notes.id();
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void tell(WorkerCommand command) {
        if (command instanceof WorkerCommand.Stop && !over) { // it began when it was prepared, and is not judged
            wanted = false;
            cancel.run();
        }
    }

    @Override
    public void kill() {
        if (!over) {
            wanted = false;
            killed = true;
            cancel.run();
        }
    }

    /** A task of it runs. */
    void started(long id) {
        task = id;
        heard = NONE;
    }

    /** A task of it is over. */
    void ended(long id) {
        if (task == id) {
            task = NONE;
        }
    }

    /** A task of it has said so much. */
    void said(long id, List<Note> said) {
        if (id == task && !over) {
            pass(said);
        }
    }

    private void pass(List<Note> said) {
        for (Note note : said) {
            if (note.number() > heard && !lastWord) {
                heard = note.number();
                Wire.event(note.line()).ifPresent(this::pass);
            }
        }
    }

    private void pass(WorkerEvent event) {
        lastWord = event instanceof WorkerEvent.Ended || event instanceof WorkerEvent.Failed;
        if (!lastWord
                || wanted
                || !(event instanceof WorkerEvent.Ended ended)
                || ended.outcome() != TrialOutcome.STOPPED) {
            ear.heard(event);
        } else {
            ear.heard(new WorkerEvent.Ended(TrialOutcome.STOPPED));
        }
    }

    /** Looks whether its job is over. */
    void look() {
        if (over) {
            return;
        }
        if (!job.isDone()) {
            long now = System.nanoTime();
            if (heard == NONE
                    && now - saidAt > NANOS_BETWEEN_SIGNS_OF_LIFE) { // in Spark's queue, or on the way to a machine
                saidAt = now;
                ear.heard(new WorkerEvent.Alive());
            }
            return;
        }
        try {
            job.get().forEach(this::pass);
            end("its program had no last word");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        if (!wanted && !killed) {
            if (task != NONE) {
                return; // it writes its checkpoint; Spark tells when its task has ended
            }
            if (!lastWord) {
                ear.heard(new WorkerEvent.Ended(TrialOutcome.STOPPED));
            }
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = String.valueOf(cause.getMessage());
        end("Spark says: " + message.lines().findFirst().orElse(message));
    }

    private void end(String how) {
        over = true;
        ear.gone(how);
    }
}
