package dev.palette.export;

import dev.palette.result.StoredRun;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter and the runs that it takes somewhere. When that place cannot be reached, this is said once, and it is tried again after one
 * second, two, four and so on, five minutes at the most.
 */
final class Destination {
    private static final Logger LOG = LoggerFactory.getLogger(Destination.class);
    private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_WAIT = Duration.ofMinutes(5).toNanos();

    private final Export export;
    private final Exporter exporter;
    private final Consumer<String> notices;
    private final List<Following> runs = new ArrayList<>();
    private long wait;
    private long failedAt;
    private boolean down;
    private boolean off;

    /**
     * A destination without runs.
     *
     * @param notices hears what a person should know, each thing once
     */
    Destination(Export export, Consumer<String> notices) {
        this.export = export;
        this.exporter = export.exporter();
        this.notices = notices;
    }

    /** Takes a run there too; one that is on its way is not begun twice. */
    void follow(StoredRun run) {
        if (runs.stream().noneMatch(each -> each.run().equals(run))) {
            runs.add(new Following(run, exporter));
        }
    }

    /**
     * Takes over the next part of each run.
     *
     * @param now {@link System#nanoTime}
     * @return whether there may be more at once
     */
    boolean turn(long now) {
        if (off || (wait > 0 && now - failedAt < wait)) {
            return false;
        }
        boolean more = false;
        for (Following each : List.copyOf(runs)) {
            try {
                more |= each.advance();
                answered();
            } catch (IOException e) {
                failed(e, now);
                return false;
            } catch (PaletteException e) {
                runs.remove(each);
                notices.accept("a run is not exported to %s: %s".formatted(export.label(), e.getMessage()));
            } catch (RuntimeException e) {
                switchOff(e);
                return false;
            }
        }
        runs.removeIf(Following::isFinished);
        return more;
    }

    /**
     * The last turns, without waiting for one that failed.
     *
     * @param timeLeft asked between two turns
     */
    void finish(BooleanSupplier timeLeft) {
        runs.forEach(Following::unsettle);
        wait = 0;
        boolean more = timeLeft.getAsBoolean();
        while (more) {
            more = turn(System.nanoTime()) && timeLeft.getAsBoolean();
        }
        long behind = runs.stream().filter(run -> !run.isSettled()).count();
        runs.forEach(this::close);
        exporter.close();
        if (behind > 0) {
            notices.accept("%d %s not exported to %s in full; do it later with: palette export %s --to %s"
                    .formatted(
                            behind,
                            behind == 1 ? "run is" : "runs are",
                            export.label(),
                            runs.get(0).run().folder().resolveSibling(""),
                            export.word()));
        }
    }

    private void close(Following run) {
        try {
            run.close();
        } catch (IOException | RuntimeException e) { // what matters was said, or is there
            LOG.warn(
                    "{}: the end of run {} could not be told",
                    export.label(),
                    run.run().id(),
                    e);
        }
    }

    private void answered() {
        if (down) {
            notices.accept("%s is reached again; what was missed is exported now".formatted(export.label()));
        }
        down = false;
        wait = 0;
    }

    private void failed(IOException e, long now) {
        LOG.debug("{}", export.label(), e);
        if (!down) {
            notices.accept("cannot export to %s: %s; training goes on, and it is tried again"
                    .formatted(export.label(), why(e)));
        }
        down = true;
        wait = wait == 0 ? FIRST_WAIT : Math.min(2 * wait, LONGEST_WAIT);
        failedAt = now;
    }

    private void switchOff(RuntimeException e) {
        LOG.error("export {} failed", export.word(), e);
        off = true;
        notices.accept("the export '%s' failed and is switched off; this is a fault in it, not in your input: %s"
                .formatted(export.word(), e));
    }

    /** What went wrong, also where an exception says nothing. */
    static String why(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
