package dev.palette.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.experiment.StrictJson;
import java.util.Optional;

/**
 * Commands and events as lines. Native libraries write to the standard output as they please, so that ours are marked; what has no
 * mark is none.
 */
public final class Wire {
    private static final String MARK = "palette:";

    private Wire() {}

    /** A command's line, without its end. */
    public static String line(WorkerCommand command) {
        return write(WorkerCommand.class, command);
    }

    /** An event's line, without its end. */
    public static String line(WorkerEvent event) {
        return write(WorkerEvent.class, event);
    }

    /** The command that a line holds, if it holds one. */
    public static Optional<WorkerCommand> command(String line) {
        return read(WorkerCommand.class, line);
    }

    /** The event that a line holds, if it holds one. */
    public static Optional<WorkerEvent> event(String line) {
        return read(WorkerEvent.class, line);
    }

    private static <T> String write(Class<T> type, T value) {
        try {
            return MARK + StrictJson.mapper().writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record in memory cannot fail to be written", e);
        }
    }

    private static <T> Optional<T> read(Class<T> type, String line) {
        int start = line.indexOf(MARK); // a library may have written half a line before
        if (start < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(StrictJson.mapper().readValue(line.substring(start + MARK.length()), type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no line of a worker's or its parent's: " + line, e);
        }
    }
}
