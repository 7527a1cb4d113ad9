package dev.palette.task.rows;

import dev.palette.spec.PaletteException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 file, counted, without the byte order mark that some editors put before the first. */
final class TextLines implements AutoCloseable {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final BufferedReader reader;
    private int number;

    /** Opens the file. */
    TextLines(Path file) {
        this.file = file;
        try {
            this.reader = Files.newBufferedReader(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The next line; null at the end. */
    @Nullable
    String next() {
        try {
            String line = reader.readLine();
            if (line == null) {
                return null;
            }
            number++;
            return number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The line that was read last, from 1; 0 before the first. */
    int number() {
        return number;
    }

    /** Where the line that was read last is. */
    String place() {
        return file + ":" + number;
    }

    /** What is to be said of a file that cannot be read. */
    static PaletteException unreadable(Path file, IOException e) {
        return e instanceof CharacterCodingException
                ? new PaletteException(file + " is not UTF-8 text; convert it, or fetch it again", e)
                : new PaletteException("cannot read %s: %s".formatted(file, e), e);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
