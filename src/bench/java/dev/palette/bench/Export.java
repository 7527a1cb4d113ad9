package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.Examples;
import dev.palette.task.GlueTasks;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.text.WordPiece;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes GLUE's eight tasks as {@link TokenFile}s, {@code cola-train.tokens} and {@code cola-dev.tokens} and so on, so that all
 * sides read the same pieces. Not a subject of timing.
 */
final class Export implements Subject {
    private final JsonNode spec;

    Export(JsonNode spec) {
        this.spec = spec;
    }

    @Override
    public Repetition repeat() throws IOException {
        Path data = Path.of(spec.path("data").asText());
        Path folder = Files.createDirectories(Path.of(spec.path("out").asText()));
        int maxLength = spec.path("maxLength").asInt();
        long examples = 0;
        try (WordPiece wordPiece =
                WordPiece.of(Path.of(spec.path("vocabulary").asText()), true)) {
            for (Task task : GlueTasks.eight()) {
                for (Split split : new Split[] {Split.TRAIN, Split.DEV}) {
                    Examples texts = task.read(split, data);
                    Path file = folder.resolve(task.name() + "-" + split.label() + ".tokens");
                    write(texts.encode(wordPiece, maxLength), file);
                    examples += texts.size();
                }
            }
        }
        return new Repetition(0, examples, 0);
    }

    private static void write(Dataset data, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < data.size(); i++) {
                writer.write(line(data.batch(new int[] {i})));
                writer.newLine();
            }
        }
    }

    private static String line(Batch one) {
        int length = one.lengths()[0];
        int first = (int) IntStream.range(0, length)
                .filter(i -> one.tokenTypes()[i] == 0)
                .count();
        String ids = IntStream.range(0, length)
                .mapToObj(i -> Long.toString(one.inputIds()[i]))
                .collect(Collectors.joining(" "));
        return one.labels()[0] + "\t" + first + "\t" + ids;
    }
}
