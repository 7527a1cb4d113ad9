package dev.palette.report;

import dev.palette.execution.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The progress of several trials that run at once, as one line: {@code [3/40] 61% · [4/40] 12%}. */
final class SharedLine {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(250);

    private final StatusLine line;
    private final int width;
    private final InstantSource clock;
    private final List<Entry> entries = new ArrayList<>();
    private Instant drawn = Instant.MIN;

    SharedLine(Console console, InstantSource clock) {
        this.line = new StatusLine(console.out(), console.width());
        this.width = console.width() - 1; // a full last column would wrap
        this.clock = clock;
    }

    /** A place in the line for one more trial. */
    TrialProgress.Display entry(String number) {
        Entry entry = new Entry(number);
        entries.add(entry);
        return entry;
    }

    private void draw() {
        Instant now = clock.instant();
        if (now.isBefore(drawn.plus(BETWEEN_DRAWINGS))) {
            return;
        }
        drawn = now;
        String text = String.join(" · ", entries.stream().map(Entry::text).toList());
        line.accept(text.length() <= width ? text : text.substring(0, width - 1) + "…");
    }

    private final class Entry implements TrialProgress.Display {
        private final String number;
        private String share = "loading";

        Entry(String number) {
            this.number = number;
        }

        String text() {
            return number + " " + share;
        }

        @Override
        public void progress(Progress progress) {
            share = 100 * progress.step() / Math.max(progress.steps(), 1) + "%";
            draw();
        }

        @Override
        public void message(String text) {
            line.message(text);
        }

        @Override
        public void close() {
            entries.remove(this);
            if (entries.isEmpty()) {
                line.clear();
            }
        }
    }
}
