package dev.palette.result;

import dev.palette.spec.PaletteException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The predictions of one split of texts, read back from the table that a {@link dev.palette.task.TextDataset} made: columns {@code
 * index}, {@code prediction} and the logits, which nothing that reads them here asks for.
 *
 * @param texts what is predicted, as the data files write labels, in the order of the data file
 */
public record Predictions(List<String> texts) {
    private static final String HEADER = "index\tprediction\t";

    /** Copies the list. */
    public Predictions {
        texts = List.copyOf(texts);
    }

    /**
     * Reads a file whose rows are those of the whole data file, in order.
     *
     * @throws PaletteException when the file is missing or anything else; names file and line
     */
    public static Predictions read(Path file) {
        List<String> texts = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String header = String.valueOf(reader.readLine());
            if (!header.startsWith(HEADER)) {
                throw problem(file, 1, "the header '" + header + "'", "index, prediction, logit_0 and so on");
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                texts.add(prediction(file, texts.size(), line));
            }
        } catch (IOException e) {
            throw new PaletteException("cannot read the predictions %s: %s".formatted(file, e), e);
        }
        return new Predictions(texts);
    }

    private static String prediction(Path file, int row, String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 3 || !fields[0].equals(Integer.toString(row))) {
            throw problem(file, row + 2, "'" + line + "'", "index " + row + ", its prediction and logits");
        }
        return fields[1];
    }

    private static PaletteException problem(Path file, int line, String found, String expected) {
        return new PaletteException("%s:%d: found %s, expected %s; remove the file and predict again"
                .formatted(file, line, found, expected));
    }
}
