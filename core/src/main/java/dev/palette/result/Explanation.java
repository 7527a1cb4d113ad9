package dev.palette.result;

import dev.palette.experiment.Trial;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What running a trial would do today, and why.
 *
 * @param trial the trial
 * @param verdict what would be done
 * @param changes for a stale trial what has changed since it was run; for a new one what it has otherwise than the nearest
 * @param nearest for a new one, the id of the finished trial of the experiment that differs in the fewest fields; null when none is
 *     finished
 * @param detail in words: where an unfinished trial goes on, or what is damaged
 */
public record Explanation(
        Trial trial,
        Verdict verdict,
        List<Change> changes,
        @Nullable String nearest,
        String detail) {

    /** What would be done with a trial. */
    public enum Verdict {
        /** Nothing: it has a result that stands. */
        FINISHED,
        /** It would go on from its last checkpoint. */
        UNFINISHED,
        /** Nothing, if the search that stopped it goes on; else it would begin anew. */
        STOPPED_EARLY,
        /** It would be run again, for its answer is none any more. */
        STALE,
        /** It would be run for the first time. */
        NEW,
        /** It would be refused. */
        DAMAGED
    }

    /** Copies the list. */
    public Explanation {
        changes = List.copyOf(changes);
    }

    /** A line for the verdict, and one for each change. */
    public String text() {
        String title = "%s, %s, seed %d (%s): %s"
                .formatted(
                        trial.adapter().label(),
                        trial.sampling().label(),
                        trial.seed(),
                        trial.id(),
                        verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return title + ", " + reason()
                + changes.stream().map(change -> "\n    " + change.text()).collect(Collectors.joining());
    }

    private String reason() {
        return switch (verdict) {
            case FINISHED -> "nothing has changed since";
            case STALE -> "will be run again; since its run changed:";
            case NEW ->
                nearest == null
                        ? "no trial of the experiment is finished yet"
                        : "differs from the nearest finished trial, %s, in:".formatted(nearest);
            case UNFINISHED, STOPPED_EARLY, DAMAGED -> detail;
        };
    }
}
