package dev.palette.result;

import dev.palette.spec.PaletteException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well each answer of a split agrees with people's, read back from the table that SQuAD's dataset made: a column {@code id} and one a
 * metric.
 *
 * @param metrics the columns' names
 * @param rows (examples, metrics)
 */
public record ExampleScores(List<String> metrics, List<double[]> rows) {
    /** The end of the file's name. */
    public static final String ENDING = "-scores.tsv";

    /** Copies the lists. */
    public ExampleScores {
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
    }

    /** How many examples there are. */
    public int examples() {
        return rows.size();
    }

    /** (examples) one metric. */
    public Optional<double[]> of(String metric) {
        int column = metrics.indexOf(metric);
        return column < 0
                ? Optional.empty()
                : Optional.of(rows.stream().mapToDouble(row -> row[column]).toArray());
    }

    /**
     * Reads a file.
     *
     * @throws PaletteException when it is missing or anything else; names file and line
     */
    public static ExampleScores read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            List<String> header = List.of(String.valueOf(reader.readLine()).split("\t", -1));
            if (header.size() < 2 || !header.get(0).equals("id")) {
                throw problem(file, 1, String.join("\t", header), "id and the names of metrics");
            }
            List<double[]> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(row(file, rows.size() + 2, line, header.size()));
            }
            return new ExampleScores(header.subList(1, header.size()), rows);
        } catch (IOException e) {
            throw new PaletteException("cannot read the scores %s: %s".formatted(file, e), e);
        }
    }

    private static double[] row(Path file, int number, String line, int width) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() == width) {
            try {
                return fields.subList(1, width).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray();
            } catch (NumberFormatException e) {
                throw problem(file, number, line, "numbers behind the id: " + e.getMessage());
            }
        }
        throw problem(file, number, line, "an id and %d numbers".formatted(width - 1));
    }

    private static PaletteException problem(Path file, int line, String found, String expected) {
        return new PaletteException("%s:%d: found '%s', expected %s; remove the file and predict again"
                .formatted(file, line, found, expected));
    }
}
