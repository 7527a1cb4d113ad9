package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.Evaluation;
import dev.palette.task.Examples;
import dev.palette.task.Metric;
import dev.palette.task.Split;
import dev.palette.task.Target;
import dev.palette.task.TextTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A task whose examples are a {@link TokenFile}.
 *
 * @param name names the head
 * @param target classes, or a score
 * @param examples the file
 */
record TokenTask(String name, Target target, Path examples) implements TextTask {
    @Override
    public int texts() {
        return 1;
    }

    /** A task as the benchmark's specifications have it; no classes stand for a score. */
    static TokenTask of(JsonNode spec) {
        int classes = spec.path("classes").asInt();
        Target target = classes == 0
                ? new Target.Regression(0, 1)
                : new Target.Classification(
                        IntStream.range(0, classes).mapToObj(String::valueOf).toList());
        return new TokenTask(
                spec.path("name").asText(), target, Path.of(spec.path("examples").asText()));
    }

    /** Reads the examples. */
    TokenFile read() throws IOException {
        return new TokenFile(examples);
    }

    @Override
    public List<? extends Metric> metrics() {
        return List.of();
    }

    @Override
    public List<Evaluation> evaluations() {
        return List.of();
    }

    @Override
    public Map<Split, Path> files(Path dataDirectory) {
        return Map.of();
    }

    @Override
    public Examples read(Split split, Path dataDirectory) {
        throw new UnsupportedOperationException("examples for timing are tokens already");
    }
}
