package dev.palette.runner;

import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.RunState;
import dev.palette.result.StoppedEarly;
import dev.palette.search.TrialSource;
import dev.palette.spec.PaletteException;
import dev.palette.storage.LockedFolder;
import java.util.Optional;
import java.util.function.Function;

/** Trials as a search names them. What is finished already, or stopped for good, it tells the account and passes over. */
final class StudyFeed implements Feed {
    private final TrialSource source;
    private final Account account;
    private final Function<TrialSource.Next, Assignment> assignments;

    StudyFeed(TrialSource source, Account account, Function<TrialSource.Next, Assignment> assignments) {
        this.source = source;
        this.account = account;
        this.assignments = assignments;
    }

    @Override
    public Optional<Assignment> next() {
        for (Optional<TrialSource.Next> next = source.next(); next.isPresent(); next = source.next()) {
            Assignment assignment = assignments.apply(next.get());
            if (!isSettled(assignment, next.get().stop())) {
                return Optional.of(assignment);
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isExhausted() {
        return source.isExhausted();
    }

    private boolean isSettled(Assignment assignment, Optional<TrialSource.StoppedAt> stop) {
        try {
            Optional<RunResult> known = assignment.settled(line -> account.message(assignment, line));
            known.ifPresent(result -> account.finished(assignment, result, true));
            if (known.isEmpty()) {
                stop.ifPresent(at -> account.stoppedEarly(assignment, stopped(assignment, at)));
            }
            return known.isPresent() || stop.isPresent();
        } catch (PaletteException e) { // it says what to do with that run; the others have nothing to do with it
            account.failed(assignment, e);
            return true;
        }
    }

    /** What the run's folder says of its being stopped; written now where the decision came before the writing. */
    private static StoppedEarly stopped(Assignment assignment, TrialSource.StoppedAt at) {
        RunDirectory run = assignment.run();
        if (run.state() == RunState.STOPPED_EARLY) {
            return run.stoppedEarly().orElseThrow();
        }
        StoppedEarly stopped = new StoppedEarly(assignment.trial().id(), at.step(), at.why());
        try (LockedFolder lock = run.tryLock().orElse(null)) {
            if (lock == null) {
                throw new PaletteException("trial %s was to be stopped, but another process works on it"
                        .formatted(assignment.trial().id()));
            }
            run.stopEarly(stopped);
        }
        return stopped;
    }
}
