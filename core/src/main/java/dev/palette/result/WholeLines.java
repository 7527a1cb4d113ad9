package dev.palette.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The lines of a file that have an end, one after the other, without a copy of each. The file may grow meanwhile. */
final class WholeLines {
    private static final int LONGEST = 1 << 20; // far more than an evaluation of a hundred tasks
    private static final int SHOWN = 80;

    private final FileChannel channel;
    private byte[] bytes = new byte[1 << 16];
    private long offset;
    private long filledTo;
    private int start;
    private int length;
    private int filled;

    /**
     * Lines from a place on.
     *
     * @param offset in bytes, where a line begins
     */
    WholeLines(FileChannel channel, long offset) {
        this.channel = channel;
        this.offset = offset;
        this.filledTo = offset;
    }

    /** Goes on to the next line; false when there is none with an end yet, and the line stays the one before. */
    boolean next() throws IOException {
        int searched = start + length;
        int end = indexOfEnd(searched);
        while (end < 0) {
            searched = filled - start;
            if (!fill()) {
                return false;
            }
            end = indexOfEnd(searched);
        }
        start += length;
        length = end + 1 - start;
        offset += length;
        return true;
    }

    /** What holds the line. */
    byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the line begins. */
    int start() {
        return start;
    }

    /** Bytes of the line, its end included. */
    int length() {
        return length;
    }

    /** Where in the file the line ends. */
    long offset() {
        return offset;
    }

    FileChannel channel() {
        return channel;
    }

    /** CRC-32C of the line. */
    int check() {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return (int) crc.getValue();
    }

    /** How the line begins, for a message. */
    String excerpt() {
        String text = new String(bytes, start, Math.min(length, 4 * SHOWN), StandardCharsets.UTF_8).strip();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    /** How many lines end up to {@code place}. */
    long countTo(long place) throws IOException {
        long lines = 0;
        while (offset < place && next()) {
            lines++;
        }
        return lines;
    }

    private int indexOfEnd(int from) {
        for (int i = from; i < filled; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the line and what follows to the front and reads more behind it; false when there is no more, or no end comes. */
    private boolean fill() throws IOException {
        System.arraycopy(bytes, start, bytes, 0, filled - start);
        filled -= start;
        start = 0;
        if (filled == bytes.length) {
            if (filled >= LONGEST) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, 2 * filled);
        }
        int more = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled), filledTo);
        filledTo += Math.max(more, 0);
        filled += Math.max(more, 0);
        return more > 0;
    }
}
