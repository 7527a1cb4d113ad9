package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.Dataset;
import dev.palette.task.Examples;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.text.Vocabulary;
import dev.palette.text.WordPiece;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * SST-2's training sentences, already in memory, into word pieces that are ready to be batched. The tokenizer remembers words, so
 * each repetition has a new one.
 */
final class TokenisingSubject implements Subject {
    private final Vocabulary vocabulary;
    private final Examples texts;
    private final int maxLength;

    TokenisingSubject(JsonNode spec) {
        Task task = GlueTasks.of(GlueLayout.SST);
        vocabulary = Vocabulary.read(Path.of(spec.path("vocabulary").asText()), true);
        texts = task.read(Split.TRAIN, Path.of(spec.path("data").asText()));
        maxLength = spec.path("maxLength").asInt();
    }

    @Override
    public Repetition repeat() {
        try (WordPiece wordPiece = new WordPiece(vocabulary)) {
            long start = System.nanoTime();
            Dataset data = texts.encodeToTrain(wordPiece, maxLength);
            return repetition(data, start);
        }
    }

    /** What making a dataset took, from a start until now. */
    static Repetition repetition(Dataset data, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Repetition(
                seconds, data.size(), Arrays.stream(data.lengths()).asLongStream().sum());
    }
}
