package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.execution.TrialOutcome;
import dev.palette.experiment.RunPlan;
import dev.palette.launch.Launcher;
import dev.palette.launch.Slot;
import dev.palette.launch.WorkerJob;
import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import dev.palette.worker.Ear;
import dev.palette.worker.WorkerEvent;
import dev.palette.worker.WorkerProcess;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sitting over a feed of trials: who works on what, who waits, and what to do about each word that is heard. One thread decides
 * everything; the workers' words come to it through a queue.
 */
final class Shift {
    private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MILLISECONDS_BETWEEN_LOOKS = 100;

    private final Launcher launcher;
    private final RunPlan plan;
    private final List<Lane> lanes;
    private final WaitingTrials waiting;
    private final Set<Running> alive = new LinkedHashSet<>();
    private final BlockingQueue<Heard> inbox = new LinkedBlockingQueue<>();
    private final Set<String> complaints = new HashSet<>();
    private final Account account;
    private final StopSignal stop;
    private boolean stopping;
    private long tick;
    private long tickedAt = System.nanoTime();

    /**
     * A sitting.
     *
     * @param launcher starts the workers
     * @param slots of the launcher's
     */
    Shift(Launcher launcher, List<Slot> slots, RunPlan plan, Feed feed, Account account, StopSignal stop) {
        this.launcher = launcher;
        this.lanes = slots.stream().map(Lane::new).toList();
        this.plan = plan;
        this.waiting = new WaitingTrials(feed, launcher, account);
        this.account = account;
        this.stop = stop;
    }

    void work() {
        try {
            while (!alive.isEmpty() || (!stopping && waiting.isMoreToCome())) {
                turn();
            }
            sayIdle();
        } finally {
            alive.forEach(Running::kill); // after an error of ours
        }
    }

    private void turn() {
        if (stop.isRequested()) {
            windDown();
        }
        if (!stopping) {
            lanes.forEach(this::fill);
        }
        launcher.attend();
        try {
            Heard heard = inbox.poll(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            if (heard != null) {
                hear(heard);
            }
        } catch (InterruptedException e) {
            windDown();
        }
        if (System.nanoTime() - tickedAt >= TICK_NANOS) {
            tickedAt = System.nanoTime();
            tick++;
            List.copyOf(alive).forEach(this::watch);
        }
    }

    private void windDown() {
        stopping = true;
        alive.forEach(Running::stop);
    }

    private void fill(Lane lane) {
        if (lane.isFree() || (launcher.loadsAhead() && lane.wantsNext())) {
            waiting.takeDue(tick).ifPresent(pending -> start(pending, lane));
        }
    }

    private void start(Pending pending, Lane lane) {
        Assignment assignment = pending.assignment();
        Running running = new Running(pending);
        WorkerJob job = new WorkerJob(assignment.trial(), assignment.order(), assignment.run(), pending.attempts());
        running.with(launcher.start(job, lane.slot(), ear(running)));
        alive.add(running);
        lane.take(running);
    }

    private Ear ear(Running running) {
        return new Ear() {
            @Override
            public void heard(WorkerEvent event) {
                inbox.add(new Heard(running, event, ""));
            }

            @Override
            public void gone(String how) {
                inbox.add(new Heard(running, null, how));
            }
        };
    }

    private void hear(Heard heard) {
        Running from = heard.from();
        from.heard();
        WorkerEvent event = heard.event();
        if (event == null) {
            gone(from, heard.how());
        } else if (event instanceof WorkerEvent.Prepared) {
            from.prepared();
        } else if (event instanceof WorkerEvent.Started started) {
            account.started(from.assignment(), started.fromStep());
        } else if (event instanceof WorkerEvent.Advanced step) {
            Progress progress =
                    new Progress(step.step(), step.steps(), step.loss(), step.task(), step.tokensPerSecond());
            from.advanced(progress, System.nanoTime());
            account.progress(from.assignment(), progress);
        } else if (event instanceof WorkerEvent.Evaluated evaluated) {
            from.judged(account.judge(from.assignment(), evaluated.step(), evaluated.scores()));
        } else if (event instanceof WorkerEvent.Said said) {
            account.message(from.assignment(), said.line());
        } else if (event instanceof WorkerEvent.Ended ended) {
            release(from);
            ended(from, ended.outcome());
        } else if (event instanceof WorkerEvent.Failed failed) {
            release(from);
            failed(from, failed);
        }
        lanes.forEach(lane -> lane.begin(System.nanoTime()));
    }

    private void release(Running running) {
        running.over();
        lanes.forEach(lane -> lane.release(running, System.nanoTime()));
    }

    private void ended(Running running, TrialOutcome outcome) {
        Assignment assignment = running.assignment();
        switch (outcome) {
            case FINISHED -> account.finished(assignment, assignment.run().result(), false);
            case FINISHED_EARLIER ->
                account.finished(assignment, assignment.run().result(), true);
            case LOCKED -> {
                running.pending().wait(tick, account);
                waiting.later(running.pending());
            }
            case STOPPED_EARLY ->
                account.stoppedEarly(assignment, assignment.run().stoppedEarly().orElseThrow());
            case WAITING -> {} // the search hands it out again
            case STOPPED -> stopped(running);
        }
    }

    private void stopped(Running running) {
        if (running.ended() == Running.Ended.OVER_TIME) {
            fail(
                    running.assignment(),
                    new IllegalStateException(String.format(
                            Locale.ROOT,
                            "it took longer than run.timeLimitMinutes, %s; it has a checkpoint to go on from",
                            plan.timeLimitMinutes())));
        } else if (!stopping) {
            tryAgain(running, "its worker process was asked to stop by someone else");
        }
    }

    private void failed(Running running, WorkerEvent.Failed failed) {
        switch (failed.fault()) {
            case DIVERGED -> fail(running.assignment(), new DivergedException(failed.message()));
            case INPUT -> {
                fail(running.assignment(), new PaletteException(failed.message()));
                if (!complaints.add(failed.message())) { // the others would say the same
                    windDown();
                }
            }
            case OTHER -> tryAgain(running, failed.message());
        }
    }

    private void gone(Running running, String how) {
        alive.remove(running);
        if (!running.isOver()) {
            release(running);
            tryAgain(
                    running,
                    running.ended() == Running.Ended.SILENT
                            ? "its worker process gave no sign of life for %d seconds and was ended"
                                    .formatted(launcher.patience())
                            : how);
        }
    }

    private void tryAgain(Running running, String why) {
        Pending pending = running.pending();
        Assignment assignment = pending.assignment();
        if (stopping || pending.attempts() >= plan.retries()) {
            fail(assignment, new IllegalStateException(why));
            return;
        }
        int seconds = pending.backOff(tick);
        account.message(
                assignment,
                "trial %s: %s; it is tried again in %d s (%d of %d)"
                        .formatted(assignment.trial().id(), why, seconds, pending.attempts(), plan.retries()));
        waiting.again(pending);
    }

    private void fail(Assignment assignment, RuntimeException cause) {
        account.failed(assignment, cause);
        if (!plan.keepGoing()) {
            windDown();
        }
    }

    private void watch(Running running) {
        running.tick();
        if (running.isOver()) {
            if (running.silentTicks() > WorkerProcess.SECONDS_TO_END) {
                running.kill();
            }
        } else if (running.silentTicks() > launcher.patience()) {
            LOG.warn("a worker hangs: trial {}", running.assignment().trial().id());
            running.end(Running.Ended.SILENT);
        } else if (plan.timeLimitMinutes() > 0 && running.ticks() > plan.timeLimitMinutes() * 60) {
            running.end(Running.Ended.OVER_TIME);
        }
    }

    private void sayIdle() {
        long idle = lanes.stream().mapToLong(Lane::idleNanos).sum();
        long busy = lanes.stream().mapToLong(Lane::busyNanos).sum();
        if (idle > 0 && launcher.loadsAhead()) {
            account.notice(String.format(
                    Locale.ROOT,
                    "between trials the devices stood idle %.1f%% of the time",
                    100.0 * idle / (idle + busy)));
        }
    }
}
