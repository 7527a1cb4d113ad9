package dev.palette.export;

import dev.palette.result.StoredRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Exports runs while they go on, in one thread of its own that looks at their folders every two seconds, so that no trial ever waits for
 * a slow disk or server. Closing it exports the rest, within a time limit.
 */
public final class ExportThread implements AutoCloseable {
    /** What the rest may take when it is closed. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_PARTS = Duration.ofMillis(50); // leaves the processors to training

    private final Queue<StoredRun> arriving = new ConcurrentLinkedQueue<>();
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private final Semaphore wake = new Semaphore(0);
    private final List<Destination> destinations;
    private final Duration limit;
    private final Thread thread;
    private volatile boolean closing;
    private volatile long deadline;

    /** Starts, with nothing to do yet; without a destination nothing ever is. */
    public ExportThread(List<Export> exports) {
        this(exports, LIMIT);
    }

    ExportThread(List<Export> exports, Duration limit) {
        this.destinations = exports.stream()
                .map(export -> new Destination(export, notices::add))
                .toList();
        this.limit = limit;
        this.thread = new Thread(this::work, "export");
        thread.setDaemon(true);
        if (!destinations.isEmpty()) {
            thread.start();
        }
    }

    /**
     * Exports a run from now on, with all that it has logged before.
     *
     * @param run its folder, with its description in it
     */
    public void follow(Path run) {
        if (!destinations.isEmpty()) {
            arriving.add(new StoredRun(run));
            wake.release();
        }
    }

    /** What a person should know and was not told yet, a line each. */
    public List<String> notices() {
        List<String> lines = new ArrayList<>();
        for (String line = notices.poll(); line != null; line = notices.poll()) {
            lines.add(line);
        }
        return lines;
    }

    /** Exports what there is still, for half a minute at the most; {@link #notices} says what was left. */
    @Override
    public void close() {
        deadline = System.nanoTime() + limit.toNanos();
        closing = true;
        wake.release();
        try {
            thread.join(limit.toMillis() + 1);
            thread.interrupt(); // a request that lasts beyond it
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (!closing) {
                boolean more = turn();
                Duration pause = more ? BETWEEN_PARTS : BETWEEN_LOOKS;
                if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        take();
        destinations.forEach(destination -> destination.finish(() -> System.nanoTime() - deadline < 0));
    }

    private boolean turn() {
        take();
        boolean more = false;
        for (Destination destination : destinations) {
            more |= destination.turn(System.nanoTime());
        }
        return more;
    }

    private void take() {
        for (StoredRun run = arriving.poll(); run != null; run = arriving.poll()) {
            StoredRun taken = run;
            destinations.forEach(destination -> destination.follow(taken));
        }
    }
}
