package dev.palette.report;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints a log as it grows, line by line. A log that became shorter was begun anew and is printed from its beginning; so is another
 * file that took its name. No link is followed, and what would command a terminal is printed as {@code ?}.
 */
public final class LogTail {
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final PrintWriter out;
    private long position;
    private @Nullable Object key;

    /** Prints {@code file}, which need not exist yet. */
    public LogTail(Path file, PrintWriter out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Prints the lines that have come since the last call.
     *
     * @return whether there were any
     * @throws PaletteException when the log cannot be read
     */
    public boolean printNew() {
        return print(false);
    }

    /** Prints what is left, also of a line that has no end; to be called when nobody writes any more. */
    public void printRest() {
        print(true);
    }

    private boolean print(boolean all) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!now.isRegularFile()) {
                throw new PaletteException(
                        "%s is no file, but a link or a folder, which a run's log never is".formatted(file));
            }
            if (!Objects.equals(key, now.fileKey()) || now.size() < position) {
                key = now.fileKey();
                position = 0;
            }
            return now.size() > position && printFrom(all);
        } catch (NoSuchFileException e) {
            return false; // not begun, or about to be replaced
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    private boolean printFrom(boolean all) throws IOException {
        long before = position;
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            byte[] bytes = new byte[BLOCK];
            int read = read(channel, bytes);
            while (read > 0) {
                int lines = all ? read : wholeLines(bytes, read);
                out.print(new String(bytes, 0, lines, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?"));
                position += lines;
                read = lines == 0 ? 0 : read(channel, bytes);
            }
        }
        out.flush();
        return position > before;
    }

    private int read(FileChannel channel, byte[] bytes) throws IOException {
        return channel.read(ByteBuffer.wrap(bytes), position);
    }

    /** The bytes up to the last end of a line; all where one line fills the block. */
    private static int wholeLines(byte[] bytes, int read) {
        for (int i = read; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return read == BLOCK ? read : 0;
    }
}
