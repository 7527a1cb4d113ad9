package dev.palette.report;

import dev.palette.remote.DownloadProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows downloads: a bar each on a terminal, a line at intervals elsewhere. */
public final class DownloadBars implements DownloadProgress, AutoCloseable {
    private static final long BYTES_A_MEGABYTE = 1_000_000;
    private static final int MILLISECONDS_BETWEEN_DRAWINGS = 250;

    private final Console console;
    private final InstantSource clock;
    private final Duration interval;
    private final Map<String, ProgressBar> bars = new HashMap<>();
    private final Map<String, Instant> nextLine = new HashMap<>();

    /** Downloads on a console, where it isn't live a line every 10 seconds. */
    public DownloadBars(Console console) {
        this(console, InstantSource.system(), Duration.ofSeconds(10));
    }

    DownloadBars(Console console, InstantSource clock, Duration interval) {
        this.console = console;
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public synchronized void progress(String name, long bytes, long total) {
        boolean complete = bytes == total;
        if (console.live()) {
            ProgressBar bar = bars.computeIfAbsent(name, this::newBar);
            bar.maxHint(total);
            bar.stepTo(bytes);
            if (complete) {
                bar.close();
                bars.remove(name);
            }
        } else if (complete || !clock.instant().isBefore(nextLine.getOrDefault(name, Instant.MIN))) {
            nextLine.put(name, clock.instant().plus(interval));
            console.out().println("downloading %s: %s".formatted(name, megabytes(bytes, total)));
        }
    }

    /** Leaves the bars of downloads that did not come to their end as they stand, so that what is printed next has its own line. */
    @Override
    public synchronized void close() {
        bars.values().forEach(ProgressBar::close);
        bars.clear();
    }

    private ProgressBar newBar(String name) {
        return new ProgressBarBuilder()
                .setTaskName("downloading " + name)
                .setUnit(" MB", BYTES_A_MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(MILLISECONDS_BETWEEN_DRAWINGS)
                .setConsumer(new StatusLine(console.out(), console.width()))
                .build();
    }

    private static String megabytes(long bytes, long total) {
        return total < 0
                ? bytes / BYTES_A_MEGABYTE + " MB"
                : "%d of %d MB".formatted(bytes / BYTES_A_MEGABYTE, total / BYTES_A_MEGABYTE);
    }
}
