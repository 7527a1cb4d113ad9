package dev.palette.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Scores;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A run's {@code metrics.jsonl}: one line a step, one an evaluation, and one each time that a task begins or ends to be drawn. When a run continues from a checkpoint, the lines of the
 * steps after it are dropped, for those steps are taken again.
 */
final class MetricsLog implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_LINE = 1 << 20;
    private static final String LOSS = "loss";
    private static final String JOULES = "joules";

    private final Path file;
    private BufferedWriter writer;
    private OptionalDouble joules = OptionalDouble.of(0);

    /**
     * Continues the file, or begins it.
     *
     * @param step steps that the run continues from
     */
    MetricsLog(Path file, long step) {
        this.file = file;
        this.writer = open(file, step);
    }

    private BufferedWriter open(Path file, long step) {
        joules = OptionalDouble.of(0);
        try {
            if (Files.exists(file)) {
                keep(bytesUpTo(step, file), file);
            }
            return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    /** Drops the lines of later steps: training went back, and takes those steps again. */
    void continueFrom(long step) {
        close();
        writer = open(file, step);
    }

    private static void keep(long bytes, Path file) {
        AtomicFile.write(file, channel -> {
            try (FileChannel old = FileChannel.open(file, StandardOpenOption.READ)) {
                for (long done = 0; done < bytes; ) {
                    done += old.transferTo(done, bytes - done, channel);
                }
            }
        });
    }

    /** The bytes of the lines of steps up to {@code step}, whatever else the file holds; what those steps drew is counted. */
    private long bytesUpTo(long step, Path file) throws IOException {
        long bytes = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] line = line(in);
            while (line.length > 0 && isUpTo(step, line)) {
                bytes += line.length;
                line = line(in);
            }
        }
        return bytes;
    }

    private boolean isUpTo(long step, byte[] line) throws IOException {
        try {
            JsonNode read = JSON.readTree(line);
            boolean upTo = read.path("step").asLong(Long.MAX_VALUE) <= step;
            if (upTo && read.has(LOSS)) {
                drew(read.has(JOULES) ? OptionalDouble.of(read.path(JOULES).asDouble()) : OptionalDouble.empty());
            }
            return upTo;
        } catch (JsonProcessingException e) {
            return false; // a line that a crash damaged; nothing whole follows it
        }
    }

    private void drew(OptionalDouble more) {
        joules = joules.isPresent() && more.isPresent()
                ? OptionalDouble.of(joules.getAsDouble() + more.getAsDouble())
                : OptionalDouble.empty();
    }

    /** What the steps of the file drew together; empty as soon as that of one is not known. A step taken twice counts once. */
    OptionalDouble joules() {
        return joules;
    }

    /** The next line with its end; nothing for one that has none, or is longer than lines of ours are. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && line.size() < LONGEST_LINE) {
            line.write(next);
            if (next == '\n') {
                return line.toByteArray();
            }
            next = in.read();
        }
        return new byte[0];
    }

    /**
     * What a step took.
     *
     * @param joules energy since the step before; empty where the device does not tell
     */
    void step(long step, String task, double loss, long tokens, double seconds, OptionalDouble joules) {
        ObjectNode line = JSON.createObjectNode()
                .put("step", step)
                .put("task", task)
                .put(LOSS, loss)
                .put("tokens", tokens)
                .put("seconds", seconds);
        joules.ifPresent(drawn -> line.put(JOULES, drawn));
        drew(joules);
        append(line);
    }

    /**
     * What an evaluation on the selection split found.
     *
     * @param scores by {@link dev.palette.task.Evaluation#name}: MNLI's two dev sets are two
     */
    void evaluation(long step, Map<String, Scores> scores, double average, boolean best) {
        ObjectNode line = JSON.createObjectNode().put("step", step);
        ObjectNode selection = line.putObject("selection");
        scores.forEach((name, ofOne) -> {
            ObjectNode values = selection.putObject(name);
            ofOne.values().forEach((metric, value) -> values.put(metric.label(), value));
        });
        append(line.put("average", average).put("best", best));
    }

    /** A task begins or ends to be drawn. */
    void attendance(long step, String task, boolean drawn) {
        append(JSON.createObjectNode().put("step", step).put("task", task).put("drawn", drawn ? 1 : 0));
    }

    /** What a task's loss counts from here on. */
    void weight(long step, String task, double weight) {
        append(JSON.createObjectNode().put("step", step).put("task", task).put("weight", weight));
    }

    private void append(ObjectNode line) {
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }
}
