package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.Dataset;
import dev.palette.task.Example;
import dev.palette.task.LabelMetric;
import dev.palette.task.LabelledTexts;
import dev.palette.task.Target;
import dev.palette.text.WordPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sentences, already in memory, into word pieces that are ready to be batched. */
final class TokenisingSubject implements Subject {
    private final WordPiece wordPiece;
    private final LabelledTexts texts;
    private final int maxLength;

    TokenisingSubject(JsonNode spec) throws IOException {
        wordPiece = WordPiece.of(Path.of(spec.path("vocabulary").asText()), true);
        maxLength = spec.path("maxLength").asInt();
        List<Example> examples = new ArrayList<>();
        for (String sentence : Files.readAllLines(Path.of(spec.path("sentences").asText()))) {
            examples.add(new Example(examples.size(), sentence, null, 0));
        }
        Target target = new Target.Classification(List.of("0", "1"));
        texts = new LabelledTexts(target, List.<LabelMetric>of(), examples, List.of());
    }

    @Override
    public Repetition repeat() {
        long start = System.nanoTime();
        Dataset data = texts.encode(wordPiece, maxLength);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Repetition(
                seconds, data.size(), Arrays.stream(data.lengths()).asLongStream().sum());
    }
}
