package dev.palette.table;

import dev.palette.spec.PaletteException;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads published results from CSV. Above the header stand, as comments, {@code # name:}, {@code # source:} and {@code # split:}; a row is
 * one value, written as it is printed, × 100:
 *
 * <pre>
 * model,parameters,adapter,task,split,version,metric,percent,verified,note
 * Shared,1.00,shared,mnli,test,GLUE v1,accuracy,84.0,no,
 * </pre>
 */
public final class ReferenceFile {
    private static final List<String> HEADER = List.of(
            "model", "parameters", "adapter", "task", "split", "version", "metric", "percent", "verified", "note");
    private static final List<String> ABOVE = List.of("name", "source", "split");

    private final Path file;

    private ReferenceFile(Path file) {
        this.file = file;
    }

    /**
     * The results in a file.
     *
     * @throws PaletteException when it is missing or not as described; names file and line
     */
    public static ReferenceTable read(Path file) {
        return new ReferenceFile(file).read();
    }

    private ReferenceTable read() {
        String text;
        try {
            text = SmallFile.readText(file);
        } catch (IOException e) {
            throw new PaletteException("cannot read the reference %s: %s".formatted(file, e.getMessage()), e);
        }
        Map<String, String> above = above(text);
        List<ReferenceTable.Value> values = new ArrayList<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setCommentMarker('#')
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser csv = CSVParser.parse(new StringReader(text), format)) {
            if (!csv.getHeaderNames().equals(HEADER)) {
                throw problem(
                        (int) text.lines()
                                        .takeWhile(line -> line.startsWith("#"))
                                        .count()
                                + 1,
                        String.join(",", csv.getHeaderNames()),
                        "the header " + String.join(",", HEADER));
            }
            for (CSVRecord row : csv) {
                values.add(value(row, (int) csv.getCurrentLineNumber()));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new PaletteException("%s is no CSV: %s".formatted(file, e.getMessage()), e);
        }
        return new ReferenceTable(required(above, "name"), required(above, "source"), required(above, "split"), values);
    }

    private Map<String, String> above(String text) {
        Map<String, String> above = new TreeMap<>();
        text.lines().takeWhile(line -> line.startsWith("#")).forEach(line -> {
            String[] parts = line.substring(1).split(":", 2);
            if (parts.length == 2) {
                above.put(parts[0].strip(), parts[1].strip());
            }
        });
        return above;
    }

    private String required(Map<String, String> above, String wanted) {
        String found = above.get(wanted);
        if (found == null) {
            throw problem(1, "no '# %s: …' above the header".formatted(wanted), "one each of " + ABOVE);
        }
        return found;
    }

    private ReferenceTable.Value value(CSVRecord row, int line) {
        if (row.size() != HEADER.size()) {
            throw problem(line, row.size() + " columns", HEADER.size() + " of them");
        }
        return new ReferenceTable.Value(
                row.get("model"),
                number(row, "parameters", line),
                optional(row.get("adapter")),
                row.get("task"),
                row.get("split"),
                optional(row.get("version")),
                row.get("metric"),
                number(row, "percent", line) / 100,
                verified(row.get("verified"), line),
                optional(row.get("note")));
    }

    private double number(CSVRecord row, String column, int line) {
        try {
            return Double.parseDouble(row.get(column));
        } catch (NumberFormatException e) {
            throw problem(line, "%s '%s'".formatted(column, row.get(column)), "a number");
        }
    }

    private boolean verified(String text, int line) {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw problem(line, "verified '%s'".formatted(text), "yes or no");
        };
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private PaletteException problem(int line, String found, String expected) {
        return new PaletteException("%s:%d: found %s, expected %s".formatted(file, line, found, expected));
    }
}
