package dev.palette.report;

import dev.palette.execution.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A trial's progress as whole lines, one at the first step, one at the last, and one an interval between them. */
final class ProgressLines implements TrialProgress.Display {
    private final PrintStream out;
    private final InstantSource clock;
    private final Duration interval;
    private final String title;
    private final long fromStep;
    private final Instant start;
    private Instant next;

    ProgressLines(PrintStream out, InstantSource clock, Duration interval, String title, long fromStep) {
        this.out = out;
        this.clock = clock;
        this.interval = interval;
        this.title = title;
        this.fromStep = fromStep;
        this.start = clock.instant();
        this.next = start;
    }

    @Override
    public void progress(Progress progress) {
        Instant now = clock.instant();
        boolean last = progress.step() >= progress.steps();
        if (last || !now.isBefore(next)) {
            next = now.plus(interval);
            out.println("%s: step %d of %d, %s%s"
                    .formatted(
                            title,
                            progress.step(),
                            progress.steps(),
                            TrialProgress.details(progress),
                            last ? "" : left(progress, now)));
        }
    }

    @Override
    public void message(String line) {
        out.println(line);
    }

    @Override
    public void close() {
        out.flush();
    }

    /** {@code , 0:01:30 left}, at the pace since this start. */
    private String left(Progress progress, Instant now) {
        long done = progress.step() - fromStep;
        if (done <= 0) {
            return "";
        }
        double secondsAStep = Duration.between(start, now).toMillis() / 1000.0 / done;
        Duration left = Duration.ofSeconds(Math.round(secondsAStep * (progress.steps() - progress.step())));
        return ", %d:%02d:%02d left".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
