package dev.palette.runner;

import dev.palette.launch.Launcher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Trials that nobody works on yet: those that wait for their time, and behind them those that the feed has still to name. */
final class WaitingTrials {
    private final Feed feed;
    private final Launcher launcher;
    private final Account account;
    private final List<Pending> waiting = new ArrayList<>();

    WaitingTrials(Feed feed, Launcher launcher, Account account) {
        this.feed = feed;
        this.launcher = launcher;
        this.account = account;
    }

    /** Whether there is one. A feed that has nothing while nothing runs will never have. */
    boolean isMoreToCome() {
        if (waiting.isEmpty()) {
            feed.next().ifPresent(assignment -> waiting.add(new Pending(assignment)));
        }
        return !waiting.isEmpty();
    }

    /** One that is to be tried again, before others. */
    void again(Pending pending) {
        waiting.add(0, pending);
    }

    /** One that waits for another process; others come first. */
    void later(Pending pending) {
        waiting.add(pending);
    }

    /** The first trial that is due, that nobody works on, and that has no result. */
    Optional<Pending> takeDue(long tick) {
        Optional<Pending> due = takeDueOfThese(tick);
        while (due.isEmpty() && !feed.isExhausted()) {
            Optional<Assignment> next = feed.next();
            if (next.isEmpty()) {
                return due;
            }
            waiting.add(new Pending(next.get()));
            due = takeDueOfThese(tick);
        }
        return due;
    }

    private Optional<Pending> takeDueOfThese(long tick) {
        for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
            Pending pending = each.next();
            Assignment assignment = pending.assignment();
            if (!pending.isDue(tick)) {
                continue;
            }
            if (assignment.isTaken() && !launcher.holds(assignment.trial())) {
                pending.wait(tick, account);
                continue;
            }
            each.remove();
            var settled = assignment.settled(line -> account.message(assignment, line));
            if (settled.isEmpty()) {
                return Optional.of(pending);
            }
            account.finished(assignment, settled.get(), true);
        }
        return Optional.empty();
    }
}
