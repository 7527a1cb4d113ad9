package dev.palette.injava;

import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import dev.palette.task.Evaluation;
import dev.palette.task.Example;
import dev.palette.task.Examples;
import dev.palette.task.LabelMetric;
import dev.palette.task.LabelledTexts;
import dev.palette.task.Split;
import dev.palette.task.Target;
import dev.palette.task.TextTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What somebody wants, from files with an intent and a text a line. */
public record Intents(String directory) implements TextTask {
    @Override
    public String name() {
        return "intents";
    }

    @Override
    public int texts() {
        return 1;
    }

    @Override
    public Target target() {
        return new Target.Classification(List.of("music", "light"));
    }

    @Override
    public List<LabelMetric> metrics() {
        return List.of(LabelMetric.ACCURACY);
    }

    @Override
    public List<Evaluation> evaluations() {
        return List.of(new Evaluation(name(), Split.DEV));
    }

    @Override
    public Map<Split, Path> files(Path dataDirectory) {
        Path folder = dataDirectory.resolve(directory);
        return Map.of(Split.TRAIN, folder.resolve("train.tsv"), Split.DEV, folder.resolve("dev.tsv"));
    }

    @Override
    public Examples read(Split split, Path dataDirectory) {
        Path file = files(dataDirectory).get(split);
        if (file == null) {
            throw new PaletteException("task 'intents' has no %s split".formatted(split.label()));
        }
        try {
            List<String> lines = Files.readAllLines(file);
            List<Example> examples = new ArrayList<>();
            for (int row = 0; row < lines.size(); row++) {
                examples.add(example(file, row, lines.get(row)));
            }
            return new LabelledTexts(target(), metrics(), examples, List.of());
        } catch (IOException e) {
            throw new PaletteException("can't read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private Example example(Path file, int row, String line) {
        String[] columns = line.split("\t", 2);
        double label = target().parse(columns[0])
                .orElseThrow(() -> new PaletteException("%s:%d: the intent is '%s', expected %s"
                        .formatted(file, row + 1, columns[0], target().expected())));
        return new Example(row, columns[1], null, label);
    }

    /** Options of {@code intents}. */
    public static final class Options implements Block<Intents> {
        private String directory = "intents";

        /** Its folder in the data directory; {@code intents} by default. */
        public Options directory(String value) {
            directory = value;
            return this;
        }

        @Override
        public Intents build() {
            return new Intents(directory);
        }
    }
}
