package dev.palette.launch;

import dev.palette.execution.TrialOutcome;
import dev.palette.worker.Ear;
import dev.palette.worker.Worker;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import dev.palette.worker.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands between a worker and the line by which it is heard and told, and ends one that hangs. Of its steps it passes on the newest. */
final class NodeWatch implements Ear {
    /** The trial is over, or waits for its search's word; the cluster need not start it again. */
    static final int OVER = 0;

    /** It failed; whether it is tried again is decided by whoever had it started. */
    static final int FAILED = 1;

    /** It was stopped with steps done since it began: to be started again if it was the cluster that stopped it. */
    static final int STOPPED = 75;

    /** It was stopped before it came to a step; started again, it may not come to one either. */
    static final int STOPPED_AT_ONCE = 76;

    private static final int MILLISECONDS_BETWEEN_LOOKS = 500;
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(5);

    /** How long a trial that is judged waits for whoever judges, who may be gone. */
    private static final Duration TO_JUDGE = Duration.ofMinutes(10);

    private final NodeLine line;
    private final Runnable nearEnd;
    private final Pace pace = new Pace();
    private final Semaphore news = new Semaphore(0);
    private final Queue<WorkerEvent> inbox = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String gone;
    private @Nullable WorkerEvent last;
    private boolean advanced;
    private boolean stopping;
    private long heardAt = System.nanoTime();
    private long saidAt = System.nanoTime();
    private long askedAt;

    /**
     * A watch.
     *
     * @param nearEnd called once, when it is time to load what comes next
     */
    NodeWatch(NodeLine line, Runnable nearEnd) {
        this.line = line;
        this.nearEnd = nearEnd;
    }

    @Override
    public void heard(WorkerEvent event) {
        inbox.add(event);
        if (!(event instanceof WorkerEvent.Advanced) && !(event instanceof WorkerEvent.Alive)) {
            news.release();
        }
    }

    @Override
    public void gone(String how) {
        gone = how;
        news.release();
    }

    /** Says that there is something here. */
    void live() {
        line.say(List.of(new WorkerEvent.Alive()));
    }

    /** Nothing came of it. */
    void fail(RuntimeException cause) {
        String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        end(new WorkerEvent.Failed(WorkerEvent.Fault.of(cause), message));
    }

    private void end(WorkerEvent event) {
        if (last == null) {
            last = event;
            line.say(List.of(event));
        }
    }

    /** Passes everything on until the worker has ended. */
    void follow(Worker worker) {
        boolean ended;
        do {
            ended = gone != null; // before a last look at what it said
            pass(worker);
            obey(worker);
            if (Duration.ofNanos(System.nanoTime() - heardAt).toSeconds() > patience()) {
                end(new WorkerEvent.Failed(
                        WorkerEvent.Fault.OTHER,
                        "its worker process gave no sign of life for %d seconds and was ended".formatted(patience())));
                worker.kill();
            }
            pause();
        } while (!ended);
        end(new WorkerEvent.Failed(WorkerEvent.Fault.OTHER, String.valueOf(gone)));
    }

    private int patience() {
        return last == null ? LocalLauncher.SECONDS_OF_PATIENCE : WorkerProcess.SECONDS_TO_END;
    }

    private void pass(Worker worker) {
        List<WorkerEvent> said = new ArrayList<>();
        WorkerEvent.Advanced newest = null;
        for (WorkerEvent event = inbox.poll(); event != null; event = inbox.poll()) {
            heardAt = System.nanoTime();
            if (event instanceof WorkerEvent.Advanced step) {
                advanced = true;
                newest = step;
                advance(step);
            } else if (!(event instanceof WorkerEvent.Alive)) {
                if (newest != null) {
                    said.add(newest);
                    newest = null;
                }
                said.add(event);
                answer(event, worker);
            }
        }
        if (newest != null) {
            said.add(newest);
        }
        long now = System.nanoTime();
        if (said.isEmpty() && now - saidAt > BETWEEN_SIGNS_OF_LIFE.toNanos()) {
            said.add(new WorkerEvent.Alive());
        }
        if (!said.isEmpty()) {
            saidAt = now;
            line.say(said);
        }
    }

    private void advance(WorkerEvent.Advanced step) {
        boolean before = pace.isNearEnd();
        pace.advanced(step.step(), step.steps(), System.nanoTime());
        if (!before && pace.isNearEnd()) {
            nearEnd.run();
        }
    }

    private void answer(WorkerEvent event, Worker worker) {
        if (event instanceof WorkerEvent.Prepared) {
            worker.tell(new WorkerCommand.Begin()); // there is nobody before it
        } else if (event instanceof WorkerEvent.Evaluated) {
            askedAt = System.nanoTime();
        } else if (event instanceof WorkerEvent.Ended || event instanceof WorkerEvent.Failed) {
            last = event;
        }
    }

    private void obey(Worker worker) {
        for (WorkerCommand command : line.told()) {
            askedAt = 0;
            stopping |= command instanceof WorkerCommand.Stop;
            worker.tell(command);
        }
        boolean alone = askedAt != 0 && System.nanoTime() - askedAt > TO_JUDGE.toNanos();
        if (!stopping && (alone || line.isToStop())) {
            stopping = true;
            worker.tell(new WorkerCommand.Stop());
        }
    }

    /** Until something is said that is no mere step, or for a while. */
    private void pause() {
        try {
            if (news.tryAcquire(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** What the cluster is told. */
    int code() {
        if (last instanceof WorkerEvent.Ended ended) {
            boolean stopped = ended.outcome() == TrialOutcome.STOPPED;
            return stopped ? (advanced ? STOPPED : STOPPED_AT_ONCE) : OVER;
        }
        return FAILED;
    }
}
