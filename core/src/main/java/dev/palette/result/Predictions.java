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
 * The predictions of one split of texts, read back from the table that a {@link dev.palette.task.TextDataset} made: the index, what is
 * predicted, what is true where it was known, and the logits, which nothing that reads them here asks for.
 *
 * @param texts what is predicted, as the data files write labels, in the order of the data file
 * @param labels what is true, in the same order; empty for a test set, and for predictions that an earlier version made
 */
public record Predictions(List<String> texts, Optional<List<String>> labels) {
    private static final String HEADER = "index\tprediction\t";
    private static final String LABELLED = HEADER + "label\t";

    /** Copies the lists. */
    public Predictions {
        texts = List.copyOf(texts);
        labels = labels.map(List::copyOf);
    }

    /**
     * Reads a file whose rows are those of the whole data file, in order.
     *
     * @throws PaletteException when the file is missing or anything else; names file and line
     */
    public static Predictions read(Path file) {
        return read(file, true);
    }

    /**
     * Reads a file that was scored: broken rows of the data file, of which QQP's has some, are not among its rows.
     *
     * @throws PaletteException when the file is missing or anything else; names file and line
     */
    public static Predictions readScored(Path file) {
        return read(file, false);
    }

    private static Predictions read(Path file, boolean everyRow) {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        boolean labelled;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String header = String.valueOf(reader.readLine());
            if (!header.startsWith(HEADER)) {
                throw problem(file, 1, "the header '" + header + "'", "index, prediction, logit_0 and so on");
            }
            labelled = header.startsWith(LABELLED);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = fields(file, texts.size(), line, labelled, everyRow);
                texts.add(fields[1]);
                labels.add(fields[2]);
            }
        } catch (IOException e) {
            throw new PaletteException("cannot read the predictions %s: %s".formatted(file, e), e);
        }
        return new Predictions(texts, labelled ? Optional.of(labels) : Optional.empty());
    }

    private static String[] fields(Path file, int row, String line, boolean labelled, boolean everyRow) {
        String[] fields = line.split("\t", -1);
        boolean isNext = fields[0].equals(Integer.toString(row)) || !everyRow;
        if (fields.length < (labelled ? 4 : 3) || !isNext) {
            throw problem(
                    file,
                    row + 2,
                    "'" + line + "'",
                    "index %d, its prediction%s and logits".formatted(row, labelled ? ", its label" : ""));
        }
        return fields;
    }

    private static PaletteException problem(Path file, int line, String found, String expected) {
        return new PaletteException("%s:%d: found %s, expected %s; remove the file and predict again"
                .formatted(file, line, found, expected));
    }
}
