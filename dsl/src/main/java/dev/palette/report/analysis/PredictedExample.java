package dev.palette.report.analysis;

import dev.palette.spec.PaletteException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A line of a run's table of predictions.
 *
 * @param index the example's row in its data file, from 0
 * @param predicted as data files write labels
 * @param label what is true, in the same words
 * @param confidence of a class: its probability; NaN for a score
 */
record PredictedExample(int index, String predicted, String label, double confidence) {
    private static final List<String> COLUMNS = List.of("index", "prediction", "label");

    /** Whether the label is a number among numbers and not one of some classes: it has one output. */
    boolean isScore() {
        return Double.isNaN(confidence);
    }

    /**
     * The lines of a table; none where it has no labels, as those of test sets and of earlier versions.
     *
     * @throws PaletteException when it cannot be read, or is no such table; names file and line
     */
    static List<PredictedExample> read(Path file) {
        List<PredictedExample> examples = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            List<String> header = List.of(String.valueOf(reader.readLine()).split("\t", -1));
            if (header.size() <= COLUMNS.size()
                    || !header.subList(0, COLUMNS.size()).equals(COLUMNS)) {
                return List.of();
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                examples.add(of(file, examples.size() + 2, line.split("\t", -1), header.size()));
            }
        } catch (IOException e) {
            throw new PaletteException("cannot read the predictions %s: %s".formatted(file, e), e);
        }
        return examples;
    }

    private static PredictedExample of(Path file, int line, String[] fields, int columns) {
        try {
            if (fields.length == columns) {
                double[] outputs = Stream.of(fields)
                        .skip(COLUMNS.size())
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                return new PredictedExample(Integer.parseInt(fields[0]), fields[1], fields[2], confidence(outputs));
            }
        } catch (NumberFormatException e) {
            throw new PaletteException(
                    "%s:%d: found %s, expected index, prediction, label and logits; remove the file and predict again"
                            .formatted(file, line, e.getMessage()),
                    e);
        }
        throw new PaletteException("%s:%d: found %d fields, expected the header's %d; remove the file and predict again"
                .formatted(file, line, fields.length, columns));
    }

    /** The largest of the softmax of some logits. */
    private static double confidence(double[] logits) {
        double largest = Arrays.stream(logits).max().orElse(0);
        double sum =
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).sum();
        return logits.length < 2 ? Double.NaN : 1 / sum;
    }
}
