package dev.palette.export;

import dev.palette.result.StoredRun;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Exports runs that are there already, one after the other, finished or not. */
public final class CatchUp {
    private static final int ATTEMPTS = 4;

    private final Export export;
    private final Duration firstWait;

    /** Exports to one destination. */
    public CatchUp(Export export) {
        this(export, Duration.ofSeconds(1));
    }

    /**
     * The same with another patience.
     *
     * @param firstWait before the second attempt; twice as long before the third, and so on
     */
    CatchUp(Export export, Duration firstWait) {
        this.export = export;
        this.firstWait = firstWait;
    }

    /**
     * What was exported.
     *
     * @param finished runs with their results
     * @param unfinished runs as far as they have come
     * @param problems what is wrong with each of the others, a line each
     */
    public record Outcome(int finished, int unfinished, List<String> problems) {}

    /**
     * Exports some runs.
     *
     * @param runs their folders
     * @param started hears the folder of each run before its turn
     * @throws PaletteException when the destination cannot be reached or written, after the fourth attempt
     */
    public Outcome export(List<Path> runs, Consumer<Path> started) {
        int finished = 0;
        int unfinished = 0;
        List<String> problems = new ArrayList<>();
        try (Exporter exporter = export.exporter()) {
            for (Path run : runs) {
                started.accept(run);
                try {
                    boolean whole = export(new Following(new StoredRun(run), exporter));
                    finished += whole ? 1 : 0;
                    unfinished += whole ? 0 : 1;
                } catch (IOException e) {
                    throw new PaletteException(
                            "cannot export to %s: %s; %d of %d runs were exported; the same command goes on from there"
                                    .formatted(export.label(), Destination.why(e), finished + unfinished, runs.size()),
                            e);
                } catch (PaletteException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return new Outcome(finished, unfinished, List.copyOf(problems));
    }

    private boolean export(Following run) throws IOException {
        try (run) {
            int attempt = 1;
            boolean more = true;
            while (more) {
                try {
                    more = run.advance();
                    attempt = 1;
                } catch (IOException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    pause(firstWait.multipliedBy(1L << (attempt - 1)));
                    attempt++;
                }
            }
            return run.isFinished();
        }
    }

    private static void pause(Duration wait) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another attempt");
        }
    }
}
