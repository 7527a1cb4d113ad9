package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.Dataset;
import dev.palette.task.Examples;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Split;
import dev.palette.text.WordPiece;
import java.nio.file.Path;
import java.util.Arrays;

/** SST-2's training sentences, already in memory, into word pieces that are ready to be batched. */
final class TokenisingSubject implements Subject {
    private final WordPiece wordPiece;
    private final Examples texts;
    private final int maxLength;

    TokenisingSubject(JsonNode spec) {
        wordPiece = WordPiece.of(Path.of(spec.path("vocabulary").asText()), true);
        maxLength = spec.path("maxLength").asInt();
        texts = GlueTasks.of(GlueLayout.SST)
                .read(Split.TRAIN, Path.of(spec.path("data").asText()));
    }

    @Override
    public Repetition repeat() {
        long start = System.nanoTime();
        Dataset data = texts.encodeToTrain(wordPiece, maxLength);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Repetition(
                seconds, data.size(), Arrays.stream(data.lengths()).asLongStream().sum());
    }
}
