package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetStore;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import java.nio.file.Path;

/** SST-2's training sentences a second time: found on disk, by a new store in each repetition, checked and mapped. */
final class KeptTokensSubject implements Subject {
    private final JsonNode spec;

    /** Keeps the tokens, if no process did so before. */
    KeptTokensSubject(JsonNode spec) {
        this.spec = spec;
        repeat();
    }

    @Override
    public Repetition repeat() {
        Path vocabulary = Path.of(spec.path("vocabulary").asText());
        Path data = Path.of(spec.path("data").asText());
        long start = System.nanoTime();
        try (DatasetStore store = new DatasetStore(
                Path.of(spec.path("cache").asText()),
                vocabulary,
                true,
                spec.path("maxLength").asInt(),
                System.err::println)) {
            Dataset dataset = store.toTrain(GlueTasks.of(GlueLayout.SST), data);
            return TokenisingSubject.repetition(dataset, start);
        }
    }
}
