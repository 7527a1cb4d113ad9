package dev.palette.result;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Example;
import dev.palette.task.Examples;
import dev.palette.task.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a model says of every example of one split. On disk a tab-separated file with the header {@code index}, {@code prediction},
 * {@code logit_0}, {@code logit_1} …, a row an example, from which every number is read back to its last bit.
 *
 * @param rows in the order of the data file; at least one
 */
public record Predictions(List<Row> rows) {
    private static final List<String> NAMES = List.of("index", "prediction");
    private static final String LOGIT = "logit_";

    /**
     * What is said of one example.
     *
     * @param index its row in the data file, from 0, the header not counted
     * @param prediction the class as the data files write it, or the score
     * @param logits the head's output as it is: a value a class, in the order of the target's labels, or the score on the scale
     *     [0, 1], not cut to it
     */
    public record Row(int index, String prediction, List<Float> logits) {
        /** Copies the logits. */
        public Row {
            logits = List.copyOf(logits);
        }
    }

    /** Copies the rows; all have one number of logits. */
    public Predictions {
        rows = List.copyOf(rows);
        if (rows.stream().map(row -> row.logits().size()).distinct().count() != 1) {
            throw new IllegalArgumentException("no rows, or rows of different widths");
        }
    }

    /**
     * The predictions that a head's outputs stand for.
     *
     * @param outputs (n, outputs of the target), row after row, in the order of the examples
     * @throws PaletteException when an output is not a number
     */
    public static Predictions of(Target target, Examples examples, float[] outputs) {
        double[] predicted = target.predictions(outputs);
        int width = target.outputs();
        List<Row> rows = new ArrayList<>(predicted.length);
        for (int i = 0; i < predicted.length; i++) {
            List<Float> logits = new ArrayList<>(width);
            for (int j = 0; j < width; j++) {
                logits.add(outputs[i * width + j]);
            }
            Example example = examples.list().get(i);
            rows.add(new Row(example.row(), text(target, predicted[i]), logits));
        }
        return new Predictions(rows);
    }

    private static String text(Target target, double prediction) {
        return target instanceof Target.Classification classes
                ? classes.labels().get((int) prediction)
                : Double.toString(prediction);
    }

    /** The number of examples. */
    public int size() {
        return rows.size();
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws PaletteException when it cannot be written
     */
    public void write(Path file) {
        StringBuilder text = new StringBuilder(String.join("\t", NAMES));
        for (int j = 0; j < width(); j++) {
            text.append('\t').append(LOGIT).append(j);
        }
        text.append('\n');
        for (Row row : rows) {
            text.append(row.index()).append('\t').append(row.prediction());
            row.logits().forEach(logit -> text.append('\t').append(logit.floatValue())); // every digit that matters
            text.append('\n');
        }
        AtomicFile.writeText(file, text.toString());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws PaletteException when the file is missing or anything else; names file and line
     */
    public static Predictions read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String header = reader.readLine();
            int width = header == null ? 0 : columns(file, header) - NAMES.size();
            List<Row> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(row(file, rows.size() + 2, line, width));
            }
            if (rows.isEmpty()) {
                throw malformed(file, 1, "no predictions", "a row for every example");
            }
            return new Predictions(rows);
        } catch (IOException e) {
            throw new PaletteException("cannot read the predictions %s: %s".formatted(file, e), e);
        }
    }

    private int width() {
        return rows.get(0).logits().size();
    }

    private static int columns(Path file, String header) {
        List<String> names = Arrays.asList(header.split("\t", -1));
        List<String> expected = new ArrayList<>(NAMES);
        for (int j = 0; j < Math.max(1, names.size() - NAMES.size()); j++) {
            expected.add(LOGIT + j);
        }
        if (!names.equals(expected)) {
            throw malformed(
                    file, 1, "the header " + String.join(", ", names), "index, prediction, logit_0, logit_1 and so on");
        }
        return names.size();
    }

    private static Row row(Path file, int line, String text, int width) {
        String[] fields = text.split("\t", -1);
        if (fields.length != NAMES.size() + width) {
            throw malformed(file, line, fields.length + " columns", NAMES.size() + width + " separated by tabs");
        }
        try {
            List<Float> logits = Arrays.stream(fields)
                    .skip(NAMES.size())
                    .map(Float::parseFloat)
                    .toList();
            return new Row(Integer.parseInt(fields[0]), fields[1], logits);
        } catch (NumberFormatException e) {
            throw malformed(file, line, "'" + text + "'", "a row number, a prediction and logits");
        }
    }

    private static PaletteException malformed(Path file, int line, String found, String expected) {
        return new PaletteException(
                "%s:%d: found %s, expected %s; predict it again".formatted(file, line, found, expected));
    }
}
