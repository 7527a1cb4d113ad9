package dev.palette.task;

import dev.palette.spec.PaletteException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the examples of one tab-separated file, row by row. Fields are raw text: a quote is a character like any other, as in the
 * original. Every finding names the file and the line.
 */
final class TsvReader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final TsvLayout layout;
    private final Target target;
    private final List<? extends PairedMetric> metrics;
    private int lineNumber;

    TsvReader(Path file, TsvLayout layout, Target target, List<? extends PairedMetric> metrics) {
        this.file = file;
        this.layout = layout;
        this.target = target;
        this.metrics = metrics;
    }

    /** The file's examples; at least one. */
    LabelledTexts read() {
        List<Example> examples = new ArrayList<>();
        int row = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = next(reader); line != null; line = next(reader)) {
                String[] fields = line.split("\t", -1);
                if (lineNumber == 1 && layout.header()) {
                    checkHeader(fields);
                    continue;
                }
                if (!(layout.shortRowsSkipped()
                        && fields.length < layout.columns().size())) {
                    examples.add(example(row, fields));
                }
                row++;
            }
        } catch (CharacterCodingException e) {
            throw new PaletteException(file + " is not UTF-8 text; convert it, or fetch it again", e);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
        if (examples.isEmpty()) {
            throw new PaletteException("%s has no examples in %d lines; fetch it again".formatted(file, lineNumber));
        }
        return new LabelledTexts(target, metrics, examples, remarks(row - examples.size()));
    }

    private static List<String> remarks(int skipped) {
        return skipped == 0 ? List.of() : List.of(skipped + " rows without all columns left out, as the original does");
    }

    private @Nullable String next(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            return null;
        }
        lineNumber++;
        return lineNumber == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    }

    private void checkHeader(String[] found) {
        checkWidth(found);
        for (String column : layout.read()) {
            int position = layout.position(column);
            if (!found[position].equals(column)) {
                throw problem("column %d is headed '%s'".formatted(position + 1, found[position]), "'" + column + "'");
            }
        }
    }

    private void checkWidth(String[] fields) {
        if (fields.length != layout.columns().size()) {
            throw problem(
                    fields.length + (fields.length == 1 ? " column" : " columns"),
                    "%d separated by tabs: %s".formatted(layout.columns().size(), String.join(", ", layout.columns())));
        }
    }

    private Example example(int row, String[] fields) {
        checkWidth(fields);
        String textB = layout.textB() == null ? null : fields[layout.position(layout.textB())];
        return new Example(row, fields[layout.position(layout.textA())], textB, label(fields));
    }

    private double label(String[] fields) {
        if (layout.label() == null) {
            return Double.NaN;
        }
        String text = fields[layout.position(layout.label())];
        return target.parse(text)
                .orElseThrow(() -> problem("%s '%s'".formatted(layout.label(), text), target.expected()));
    }

    private PaletteException problem(String found, String expected) {
        return new PaletteException("%s:%d: found %s, expected %s".formatted(file, lineNumber, found, expected));
    }
}
