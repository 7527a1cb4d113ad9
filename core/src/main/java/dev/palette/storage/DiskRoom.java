package dev.palette.storage;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room on the disk of a folder.
 *
 * @param free bytes that this user may still write, as far as the system tells: a quota may allow less
 * @param total bytes of the whole file system
 */
public record DiskRoom(long free, long total) {
    /**
     * The room where a folder is, or will be.
     *
     * @throws dev.palette.spec.PaletteException when the system doesn't tell
     */
    public static DiskRoom at(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            FileStore store = Files.getFileStore(existing);
            return new DiskRoom(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            throw AtomicFile.cannotRead(existing, e);
        }
    }

    /** {@code 3.20 GB of 480 GB are free}. */
    public String text() {
        return "%s of %s are free".formatted(ByteCount.text(free), ByteCount.text(total));
    }
}
