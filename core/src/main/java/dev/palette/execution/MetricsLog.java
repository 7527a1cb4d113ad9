package dev.palette.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Scores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A run's {@code metrics.jsonl}: one line a step and one an evaluation. When a run continues from a checkpoint, the lines of the
 * steps after it are dropped, for those steps are taken again.
 */
final class MetricsLog implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final BufferedWriter writer;

    /**
     * Continues the file, or begins it.
     *
     * @param step steps that the run continues from
     */
    MetricsLog(Path file, long step) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                AtomicFile.writeText(file, linesUpTo(step));
            }
            writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    private String linesUpTo(long step) throws IOException {
        StringBuilder kept = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            try {
                if (JSON.readTree(line).path("step").asLong(Long.MAX_VALUE) > step) {
                    break;
                }
            } catch (JsonProcessingException e) {
                break; // a line that a crash cut off; nothing whole follows it
            }
            kept.append(line).append('\n');
        }
        return kept.toString();
    }

    void step(long step, String task, double loss, long tokens, double seconds) {
        append(JSON.createObjectNode()
                .put("step", step)
                .put("task", task)
                .put("loss", loss)
                .put("tokens", tokens)
                .put("seconds", seconds));
    }

    void evaluation(long step, Map<String, List<Scores>> scores, double average, boolean best) {
        ObjectNode line = JSON.createObjectNode().put("step", step);
        ObjectNode selection = line.putObject("selection");
        scores.forEach((task, splits) -> {
            ObjectNode ofTask = selection.putObject(task);
            splits.forEach(split -> split.values().forEach((metric, value) -> ofTask.put(metric.label(), value)));
        });
        append(line.put("average", average).put("best", best));
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
