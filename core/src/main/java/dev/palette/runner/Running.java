package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.launch.Pace;
import dev.palette.search.Judgement;
import dev.palette.worker.Worker;
import dev.palette.worker.WorkerCommand;
import org.jspecify.annotations.Nullable;

/** A trial with its worker, from the process's start to its end. */
final class Running {
    /** Why a worker was ended from outside. */
    enum Ended {
        BY_ITSELF,
        OVER_TIME,
        SILENT
    }

    private final Pending pending;
    private final Pace pace = new Pace();
    private @Nullable Worker worker;
    private boolean prepared;
    private boolean begun;
    private boolean toldToStop;
    private boolean over;
    private Ended ended = Ended.BY_ITSELF;
    private int silentTicks;
    private long ticks;

    /** A worker that is about to be started. */
    Running(Pending pending) {
        this.pending = pending;
    }

    void with(Worker started) {
        worker = started;
    }

    Pending pending() {
        return pending;
    }

    Assignment assignment() {
        return pending.assignment();
    }

    void prepared() {
        prepared = true;
    }

    /** Lets it train, once it is prepared. */
    void beginIfPrepared() {
        if (prepared && !begun) {
            begun = true;
            tell(new WorkerCommand.Begin());
        }
    }

    boolean hasBegun() {
        return begun;
    }

    void stop() {
        if (!toldToStop) {
            toldToStop = true;
            tell(new WorkerCommand.Stop());
        }
    }

    /** Lets it go on after an evaluation, or not. */
    void judged(Judgement judgement) {
        tell(new WorkerCommand.Judged(judgement.verdict(), judgement.why()));
    }

    /** A step is done. */
    void advanced(Progress progress, long now) {
        pace.advanced(progress.step(), progress.steps(), now);
    }

    /** Whether it is time to load the next trial. */
    boolean isNearEnd() {
        return pace.isNearEnd();
    }

    void heard() {
        silentTicks = 0;
    }

    /** One tick has passed; those of a parent that stood still itself are not counted. */
    void tick() {
        silentTicks++;
        ticks += begun && !(worker != null && worker.isWaiting()) ? 1 : 0;
    }

    int silentTicks() {
        return silentTicks;
    }

    /** Ticks since it was let train, but for those in which it waited for a machine. */
    long ticks() {
        return ticks;
    }

    /** Its last event was heard. */
    void over() {
        over = true;
        silentTicks = 0;
    }

    boolean isOver() {
        return over;
    }

    void end(Ended reason) {
        ended = reason;
        if (reason == Ended.OVER_TIME) {
            stop();
        } else {
            kill();
        }
    }

    Ended ended() {
        return ended;
    }

    void kill() {
        if (worker != null) {
            worker.kill();
        }
    }

    private void tell(WorkerCommand command) {
        if (worker != null) {
            worker.tell(command);
        }
    }
}
