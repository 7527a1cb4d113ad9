package dev.palette.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run's {@code metrics.jsonl} as points, read while it is being written or afterwards. {@link MetricPoint} says what they are called.
 *
 * <p>What is read at one time can be continued from at another. A last line without an end is being written, or was when the run was
 * killed, and is not read. A run that goes on from a checkpoint drops the lines after it, so that the file may come to hold other
 * lines than those that were read; {@link #read(Position, int, Consumer)} then says so.
 *
 * <p>Points are handed on and not kept, so that files of any length can be read.
 *
 * @param file the file; where it is missing, the run has logged nothing yet
 */
public record MetricsFile(Path file) {

    /** The metrics of the run in a folder. */
    public static MetricsFile of(Path run) {
        return new MetricsFile(run.resolve(RunFiles.METRICS));
    }

    /**
     * A place between two lines.
     *
     * @param offset bytes before it
     * @param length bytes of the line before it
     * @param check CRC-32C of that line, by which the place is known again
     * @param elapsed seconds of training before it
     */
    public record Position(long offset, int length, int check, double elapsed) {
        /** Before the first line. */
        public static final Position START = new Position(0, 0, 0, 0);
    }

    /**
     * All points, in the order in which they were logged.
     *
     * @throws PaletteException when the file cannot be read, or a line is none of ours; names file and line
     */
    public List<MetricPoint> points() {
        List<MetricPoint> points = new ArrayList<>();
        forEach(points::add);
        return points;
    }

    /**
     * Hands every point to {@code sink}, in the order in which they were logged.
     *
     * @throws PaletteException as {@link #points}
     */
    public void forEach(Consumer<MetricPoint> sink) {
        read(Position.START, Integer.MAX_VALUE, sink);
    }

    /**
     * Hands points to {@code sink} from a place on.
     *
     * @param lines the most lines that are read
     * @return where the next call goes on; {@code from} itself when there is nothing new; empty when the file no longer holds what stood
     *     before {@code from}, since the run went back to a checkpoint: nothing was read, and the caller begins anew
     * @throws PaletteException as {@link #points}; what stands before that line was handed over
     */
    public Optional<Position> read(Position from, int lines, Consumer<MetricPoint> sink) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (!holds(channel, from)) {
                return Optional.empty();
            }
            return Optional.of(read(channel, from, lines, sink));
        } catch (NoSuchFileException e) {
            return from.offset() == 0 ? Optional.of(from) : Optional.empty();
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
    }

    private Position read(FileChannel channel, Position from, int lines, Consumer<MetricPoint> sink)
            throws IOException {
        WholeLines in = new WholeLines(channel, from.offset());
        MetricsLines parser = new MetricsLines(from.elapsed(), sink);
        int read = 0;
        while (read < lines && in.next()) {
            try {
                parser.line(in.bytes(), in.start(), in.length());
            } catch (JsonProcessingException e) {
                throw unreadable(in, e);
            }
            read++;
        }
        return read == 0 ? from : new Position(in.offset(), in.length(), in.check(), parser.elapsed());
    }

    private static boolean holds(FileChannel channel, Position from) throws IOException {
        if (from.offset() == 0) {
            return true;
        }
        WholeLines before = new WholeLines(channel, from.offset() - from.length());
        return channel.size() >= from.offset()
                && before.next()
                && before.length() == from.length()
                && before.check() == from.check();
    }

    private PaletteException unreadable(WholeLines in, JsonProcessingException e) throws IOException {
        long line = new WholeLines(in.channel(), 0).countTo(in.offset());
        return new PaletteException(
                "%s:%d: found '%s', expected a step or an evaluation as a run logs them (%s); remove this line and those after it"
                        .formatted(file, line, in.excerpt(), e.getOriginalMessage()),
                e);
    }
}
