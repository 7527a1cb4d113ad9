package dev.palette.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The clock of other processes, set forward and back while they run: by libfaketime, which answers in the place of the C library (Debian
 * and Ubuntu: {@code apt-get install libfaketime}). Time that only ever goes forward, which Java's {@code nanoTime} reads, is
 * left alone, as it is when a machine's clock is set.
 */
final class JumpingClock implements AutoCloseable {
    private static final List<String> OFFSETS = List.of("+3650d", "-3650d", "+30", "-30", "+0");
    private static final int MILLISECONDS_BETWEEN = 250;

    private final Path library;
    private final Path offset;
    private final AtomicInteger jumps = new AtomicInteger();
    private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor();

    private JumpingClock(Path library, Path folder) throws IOException {
        this.library = library;
        this.offset = folder.resolve("clock");
        Files.writeString(offset, "+0");
    }

    /** Whether there is a libfaketime on this machine. */
    static boolean isThere() throws IOException {
        return library().isPresent();
    }

    /** A clock whose hand is kept in a folder. */
    static JumpingClock in(Path folder) throws IOException {
        return new JumpingClock(library().orElseThrow(), folder);
    }

    private static Optional<Path> library() throws IOException {
        Path libraries = Path.of("/usr/lib");
        if (!Files.isDirectory(libraries)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.find(
                libraries, 3, (path, facts) -> path.getFileName().toString().startsWith("libfaketimeMT.so"))) {
            return found.findFirst();
        }
    }

    /** What a process that is to be shown this clock must have in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_NO_CACHE", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1");
    }

    /** Begins to set it. */
    void jump() {
        hand.scheduleWithFixedDelay(this::set, MILLISECONDS_BETWEEN, MILLISECONDS_BETWEEN, TimeUnit.MILLISECONDS);
    }

    private void set() {
        try {
            Path next = offset.resolveSibling("clock.next"); // by a rename: no reader sees half of it
            Files.writeString(next, OFFSETS.get(jumps.get() % OFFSETS.size()));
            Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
            jumps.incrementAndGet();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often it was set. */
    int jumps() {
        return jumps.get();
    }

    @Override
    public void close() {
        hand.shutdownNow();
    }
}
