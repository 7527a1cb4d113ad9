package dev.palette.train;

import dev.palette.task.Evaluation;
import dev.palette.task.Examples;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.task.Metric;
import dev.palette.task.Split;
import dev.palette.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A task without data. */
record StubTask(String name, Head head, Loss loss) implements Task {
    @Override
    public List<Metric> metrics() {
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
        throw new UnsupportedOperationException("it has no data");
    }
}
