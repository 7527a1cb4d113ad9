package dev.palette.runner;

import dev.palette.execution.RunLock;
import java.util.Optional;

/** A trial that waits for a slot, or for its time to be tried again. Time is counted in the launcher's ticks. */
final class Pending {
    /** How long an owner's heart may stand still. */
    private static final int TICKS_OF_PATIENCE = 60;

    private static final int TICKS_BETWEEN_LOOKS = 2;

    private final Assignment assignment;
    private int attempts;
    private long due;
    private Optional<RunLock.Owner> owner = Optional.empty();
    private long ownerSeen;
    private boolean told;

    Pending(Assignment assignment) {
        this.assignment = assignment;
    }

    Assignment assignment() {
        return assignment;
    }

    boolean isDue(long tick) {
        return due <= tick;
    }

    /** Another attempt has failed; waits twice as long as after the one before. */
    int backOff(long tick) {
        int wait = 1 << Math.min(attempts, 6);
        attempts++;
        due = tick + wait;
        return wait;
    }

    int attempts() {
        return attempts;
    }

    /** Somebody else works on it: looks again in a moment. */
    void wait(long tick, Account account) {
        due = tick + TICKS_BETWEEN_LOOKS;
        if (!told) {
            told = true;
            account.notice("trial %s is being run by another process; others come first"
                    .formatted(assignment.trial().id()));
        }
        Optional<RunLock.Owner> now = RunLock.owner(assignment.run());
        if (!now.equals(owner)) {
            owner = now;
            ownerSeen = tick;
        } else if (tick - ownerSeen > TICKS_OF_PATIENCE) {
            now.flatMap(RunLock.Owner::local).ifPresent(process -> {
                account.notice("process %d, which holds trial %s, has stood still for a minute and is ended"
                        .formatted(process.pid(), assignment.trial().id()));
                process.destroyForcibly();
            });
            ownerSeen = tick;
        }
    }
}
