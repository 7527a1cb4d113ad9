package dev.palette.result;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A run as a list shows it.
 *
 * @param folder its folder
 * @param experiment the experiment's name, which is that of the folder above
 * @param id the trial's
 * @param state how it stands
 * @param adapter the adapter's label; empty when damaged
 * @param sampler the sampling method's label; empty when damaged
 * @param seed the trial's; 0 when damaged
 * @param step steps done that would not be done again: of the newest checkpoint, or all
 * @param steps steps asked for
 * @param score the average that the trial chooses its checkpoint by, of the finished run's scores; a fraction of 1
 * @param changed when a file of it was last written
 * @param bytes all its files
 * @param problem what is damaged, and what to do about it
 */
public record RunEntry(
        Path folder,
        String experiment,
        String id,
        State state,
        String adapter,
        String sampler,
        long seed,
        long step,
        long steps,
        OptionalDouble score,
        Instant changed,
        long bytes,
        @Nullable String problem) {

    /** How a run stands. */
    public enum State {
        /** Has a result. */
        FINISHED,
        /** Stopped for good by a search, since it did poorly. */
        STOPPED_EARLY,
        /** Started, and worked on by nobody at the moment. */
        UNFINISHED,
        /** A process holds its lock. */
        RUNNING,
        /** Set aside: data, weights or numerics have changed since. */
        STALE,
        /** A file of it is not what was written. */
        DAMAGED;

        /** As lists print it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** {@code PALs(204), annealed, seed 1}; what is damaged has no title. */
    public String title() {
        return state == State.DAMAGED ? "" : "%s, %s, seed %d".formatted(adapter, sampler, seed);
    }
}
