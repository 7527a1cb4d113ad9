package dev.palette.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.experiment.StrictJson;
import dev.palette.result.RunDirectory;
import dev.palette.storage.LockedFolder;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to work on a run, with a heartbeat. The operating system takes the lock back when its owner dies; an owner that is alive
 * but stands still, it can't tell from one that works. So the owner writes down who it is and counts: whoever waits sees whether the count
 * goes on, by a clock of its own, so that clocks that differ or jump do no harm.
 */
public final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final LockedFolder lock;
    private final Path file;
    private final CountDownLatch closed = new CountDownLatch(1);

    private RunLock(LockedFolder lock, Path file) {
        this.lock = lock;
        this.file = file;
        Thread heart = new Thread(this::live, "heartbeat");
        heart.setDaemon(true);
        heart.start();
    }

    /**
     * Who works on a run.
     *
     * @param host the machine's name
     * @param process its process id there
     * @param started when that process began, as the operating system counts it ({@link ProcessStart}); empty where it doesn't
     * @param beats how often its heart has beaten
     */
    public record Owner(String host, long process, String started, long beats) {
        /** Its process, if it runs on this machine and is still the same. */
        public Optional<ProcessHandle> local() {
            return host.equals(thisHost())
                    ? ProcessHandle.of(process)
                            .filter(handle -> ProcessStart.of(handle).equals(started))
                    : Optional.empty();
        }
    }

    /** The lock on a run; empty when another process or thread has it. */
    static Optional<RunLock> tryTake(RunDirectory run) {
        return run.tryLock().map(lock -> new RunLock(lock, file(run)));
    }

    /** Whether somebody works on a run. */
    public static boolean isTaken(RunDirectory run) {
        return LockedFolder.isHeld(run.lockFolder());
    }

    /** Who worked on a run last, or does so now; empty where nobody has, or is just writing it down. */
    public static Optional<Owner> owner(RunDirectory run) {
        Path file = file(run);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StrictJson.mapper().readValue(SmallFile.readText(file), Owner.class));
        } catch (JsonProcessingException e) {
            LOG.debug("{} is being written", file, e);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Path file(RunDirectory run) {
        return run.lockFolder().resolve("owner.json");
    }

    private void live() {
        try {
            for (long beats = 0; !closed.await(beats == 0 ? 0 : BEAT.toMillis(), TimeUnit.MILLISECONDS); beats++) {
                beat(beats);
            }
        } catch (InterruptedException e) {
            LOG.warn("the heartbeat stops", e);
        }
    }

    /** Not forced to the disk: after a power failure nobody is alive. */
    private void beat(long beats) {
        ProcessHandle self = ProcessHandle.current();
        Owner owner = new Owner(thisHost(), self.pid(), ProcessStart.of(self), beats);
        try {
            Files.writeString(file, StrictJson.mapper().valueToTree(owner).toString());
        } catch (IOException e) {
            LOG.warn("the heartbeat could not be written", e); // the work goes on; others may take it for hung
        }
    }

    /** This machine's name. */
    public static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine without a name can't share a folder by name either
        }
    }

    @Override
    public void close() {
        closed.countDown();
        lock.close();
    }
}
