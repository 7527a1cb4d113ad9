package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.execution.Team;
import dev.palette.execution.TrialListener;
import dev.palette.execution.TrialOrder;
import dev.palette.execution.TrialOutcome;
import dev.palette.execution.TrialWork;
import dev.palette.launch.Kernels;
import dev.palette.launch.Slot;
import dev.palette.search.Judgement;
import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import java.util.Optional;
import java.util.SortedMap;

/** Trials one after the other in this process: a crash of one is a crash of all, but a debugger sees everything. */
final class InProcessScheduler implements Scheduler {
    private final Slot slot;
    private final Kernels kernels;
    private final Team team;
    private final boolean keepGoing;

    /**
     * A scheduler.
     *
     * @param team who trains each trial
     */
    InProcessScheduler(Slot slot, Kernels kernels, Team team, boolean keepGoing) {
        this.slot = slot;
        this.kernels = kernels;
        this.team = team;
        this.keepGoing = keepGoing;
    }

    @Override
    public void carryOut(Feed trials, Account account, StopSignal stop) {
        while (!stop.isRequested()) {
            Optional<Assignment> trial = trials.next();
            if (trial.isEmpty() || !(carryOut(trial.get(), account, stop) || keepGoing)) {
                return;
            }
        }
    }

    /** Whether nothing went wrong. */
    private boolean carryOut(Assignment assignment, Account account, StopSignal stop) {
        try {
            TrialOrder order = assignment.order().by(kernels.of(assignment.trial(), slot), slot.replicas());
            TrialOutcome outcome = new TrialWork(order, assignment.trial(), team, listener(assignment, account))
                    .carryOut(() -> {}, stop);
            switch (outcome) {
                case FINISHED -> account.finished(assignment, assignment.run().result(), false);
                case FINISHED_EARLIER ->
                    account.finished(assignment, assignment.run().result(), true);
                case LOCKED ->
                    account.failed(
                            assignment,
                            new PaletteException("trial %s is being run by another process; run again when it is done"
                                    .formatted(assignment.trial().id())));
                case STOPPED_EARLY ->
                    account.stoppedEarly(
                            assignment, assignment.run().stoppedEarly().orElseThrow());
                case STOPPED, WAITING -> {}
            }
            return outcome != TrialOutcome.LOCKED;
        } catch (DivergedException e) {
            account.failed(assignment, e);
        } catch (PaletteException e) { // bad input: the other trials would meet it too
            throw e;
        } catch (RuntimeException e) { // one trial's failure, whatever it is, must not cost the others
            account.failed(assignment, e);
        }
        return false;
    }

    private static TrialListener listener(Assignment assignment, Account account) {
        return new TrialListener() {
            @Override
            public void started(long fromStep) {
                account.started(assignment, fromStep);
            }

            @Override
            public void progress(Progress progress) {
                account.progress(assignment, progress);
            }

            @Override
            public Judgement evaluated(long step, SortedMap<String, Double> scores) {
                return account.judge(assignment, step, scores);
            }

            @Override
            public void message(String line) {
                account.message(assignment, line);
            }
        };
    }
}
