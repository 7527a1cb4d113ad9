package dev.palette.storage;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that its name always stands for whole content: temporary file in the same folder, force, rename, force of
 * the folder. Whoever is stopped half-way leaves the old content, and at most a file ending in {@code .tmp} beside it.
 */
public final class AtomicFile {
    private static final int BLOCK = 1 << 20;

    private AtomicFile() {}

    /** Produces a file's content. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it to {@code channel}, which stands at position 0 of an empty file. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Replaces or creates {@code file} with {@code text} in UTF-8; missing folders are created.
     *
     * @throws PaletteException when the folder cannot be written; names the file and the reason
     */
    public static void writeText(Path file, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        write(file, channel -> writeFully(channel, bytes));
    }

    /**
     * Replaces or creates {@code file} with what {@code content} writes; missing folders are created. An exception from
     * {@code content} leaves what was there before.
     *
     * @throws PaletteException when the file cannot be written; names the file and the reason
     */
    public static void write(Path file, Content content) {
        Path folder = folderOf(file);
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(folder);
            try {
                try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    content.writeTo(channel);
                    channel.force(true);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            forceFolder(folder);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * Writes all that remains in {@code bytes}; a channel alone may stop half-way. It goes in blocks, since a channel copies
     * what lies on the heap to native memory of the same size first, and keeps that memory.
     */
    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            bytes.limit(bytes.position() + Math.min(BLOCK, end - bytes.position()));
            channel.write(bytes);
        }
    }

    /**
     * Makes the names in a folder as durable as the content they name: after a rename, a power failure could otherwise bring
     * the old name back.
     */
    public static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem()
                .supportedFileAttributeViews()
                .contains("posix")) { // Windows has no handle for a folder
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The error for a file or folder that could not be written: which, why and what to do. */
    public static PaletteException cannotWrite(Path file, IOException reason) {
        return WriteProblem.of(file, reason);
    }

    /** The error for a file or folder that could not be read: which and why. */
    public static PaletteException cannotRead(Path file, IOException reason) {
        return new PaletteException("cannot read %s: %s".formatted(file, reason), reason);
    }

    static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }
}
