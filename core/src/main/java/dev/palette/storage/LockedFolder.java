package dev.palette.storage;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that this thread alone may change until it is closed, among all threads and all processes of the machine that lock
 * it by this class.
 *
 * <p>The lock is the operating system's, on the file {@code .lock} in the folder: when its owner dies, in whatever way, the
 * system releases it, so no lock is ever left behind. The file itself stays; deleting it would let two processes lock two
 * different files of one name. Locks of the system belong to a process, so the threads of one process take turns by a
 * semaphore first.
 */
public final class LockedFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LockedFolder.class);
    private static final String LOCK = ".lock";
    private static final ConcurrentMap<Path, Semaphore> turns = new ConcurrentHashMap<>();

    private final Path file;
    private final Semaphore turn;
    private final FileChannel channel;

    private LockedFolder(Path file, Semaphore turn, FileChannel channel) {
        this.file = file;
        this.turn = turn;
        this.channel = channel;
    }

    /**
     * Locks {@code folder}, creating it if need be, and waits for as long as another holds it.
     *
     * @throws PaletteException when the folder cannot be written or the thread is interrupted while it waits
     */
    public static LockedFolder lock(Path folder) {
        Path file = lockFile(folder);
        Semaphore turn = turnFor(file);
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaletteException(
                    "interrupted while waiting for " + folder + ", which another thread is using", e);
        }
        LockedFolder locked = open(turn, file, true);
        if (locked == null) {
            throw new IllegalStateException("a waiting lock gave nothing: " + file);
        }
        return locked;
    }

    /**
     * Locks {@code folder}, creating it if need be; empty when another thread or process holds it.
     *
     * @throws PaletteException when the folder cannot be written
     */
    public static Optional<LockedFolder> tryLock(Path folder) {
        Path file = lockFile(folder);
        Semaphore turn = turnFor(file);
        return turn.tryAcquire() ? Optional.ofNullable(open(turn, file, false)) : Optional.empty();
    }

    /** Whether somebody holds a folder at this moment; nothing is created. */
    public static boolean isHeld(Path folder) {
        if (!Files.exists(folder.resolve(LOCK))) {
            return false;
        }
        Optional<LockedFolder> free = tryLock(folder);
        free.ifPresent(LockedFolder::close);
        return free.isEmpty();
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        try {
            channel.close(); // releases the lock with it
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        } finally {
            turn.release();
        }
    }

    private static @Nullable LockedFolder open(Semaphore turn, Path file, boolean wait) {
        boolean held = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            if (lock == null && wait) {
                log.info("Waiting for another process that is using {}", file.getParent());
                lock = channel.lock();
            }
            held = lock != null;
            return held ? new LockedFolder(file, turn, channel) : null;
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        } finally {
            if (!held) {
                turn.release();
                closeQuietly(channel);
            }
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                log.warn("A lock file could not be closed", e);
            }
        }
    }

    private static Path lockFile(Path folder) {
        try {
            Files.createDirectories(folder);
            return folder.toRealPath().resolve(LOCK); // one folder, one lock, by whatever path it is reached
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        }
    }

    private static Semaphore turnFor(Path file) {
        return turns.computeIfAbsent(file, unused -> new Semaphore(1, true));
    }
}
