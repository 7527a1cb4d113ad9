package dev.palette.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.experiment.Point;
import dev.palette.experiment.StrictJson;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a study asked and was told, {@code search.jsonl} in the experiment's folder: a line each, on the disk before anything else hangs
 * on it. The first line names the study. A last line that was cut off by a crash is dropped; nothing hung on it yet.
 */
final class StudyLog implements AutoCloseable {
    private static final String NAME = "search.jsonl";

    private final Path file;
    private final FileChannel channel;
    private final List<JsonNode> lines;

    private StudyLog(Path file, FileChannel channel, List<JsonNode> lines) {
        this.file = file;
        this.channel = channel;
        this.lines = lines;
    }

    /**
     * Opens the log of a study, or begins it. That of another study is set aside, as {@code search.jsonl.stale-<n>}.
     *
     * @param folder the experiment's
     * @param study the study's fingerprint
     */
    static StudyLog open(Path folder, String study) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            List<JsonNode> lines = Files.exists(file) ? read(file) : List.of();
            boolean same =
                    !lines.isEmpty() && study.equals(lines.get(0).path("study").asText());
            if (!lines.isEmpty() && !same) {
                setAside(file);
                lines = List.of();
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            StudyLog log = new StudyLog(file, channel, lines);
            log.cutAfterWholeLines();
            if (!same) {
                log.append(StrictJson.mapper().createObjectNode().put("study", study));
            }
            return log;
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    /** What was logged in earlier sittings, without the first line. */
    List<JsonNode> earlier() {
        return lines.isEmpty() ? List.of() : lines.subList(1, lines.size());
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : whole(Files.readString(file)).lines().toList()) {
            try {
                lines.add(StrictJson.mapper().readTree(line));
            } catch (JsonProcessingException e) {
                throw new PaletteException(
                        "%s:%d: no line of a search (%s); move the file away to begin the search anew, which keeps the finished runs"
                                .formatted(file, lines.size() + 1, e.getOriginalMessage()),
                        e);
            }
        }
        return lines;
    }

    private static String whole(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    private void cutAfterWholeLines() throws IOException {
        long whole = lines.isEmpty() ? 0 : whole(Files.readString(file)).getBytes(StandardCharsets.UTF_8).length;
        channel.truncate(whole);
        channel.position(whole);
    }

    private static void setAside(Path file) throws IOException {
        int n = 1;
        while (Files.exists(file.resolveSibling(NAME + ".stale-" + n))) {
            n++;
        }
        Files.move(file, file.resolveSibling(NAME + ".stale-" + n));
    }

    private void append(ObjectNode line) {
        try {
            AtomicFile.writeFully(channel, ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(false);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    void warm(Observation observation) {
        ObjectNode line = StrictJson.mapper().createObjectNode();
        line.set("warm", json(observation.point()));
        append(line.put("score", observation.score()));
    }

    void asked(int number, Point point) {
        ObjectNode line = StrictJson.mapper().createObjectNode().put("ask", number);
        line.set("point", json(point));
        append(line);
    }

    void reported(Report report, Judgement judgement) {
        append(StrictJson.mapper()
                .createObjectNode()
                .put("report", report.trial())
                .put("step", report.step())
                .put("score", report.score())
                .put("verdict", judgement.verdict().name())
                .put("why", judgement.why()));
    }

    /** A score; none, not a number in JSON, where the point failed. */
    void told(int number, double score) {
        ObjectNode line = StrictJson.mapper().createObjectNode().put("tell", number);
        append(Double.isFinite(score) ? line.put("score", score) : line.putNull("score"));
    }

    static double score(JsonNode line) {
        return line.path("score").asDouble(Double.NEGATIVE_INFINITY);
    }

    static Point point(JsonNode numbers) {
        SortedMap<String, Double> values = new TreeMap<>();
        numbers.properties()
                .forEach(number -> values.put(number.getKey(), number.getValue().asDouble()));
        return new Point(values);
    }

    private static ObjectNode json(Point point) {
        ObjectNode numbers = StrictJson.mapper().createObjectNode();
        point.numbers().forEach(numbers::put);
        return numbers;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }
}
