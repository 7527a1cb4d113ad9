package dev.palette.table;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table for programs, as RFC 4180 has it: names as printed, figures in full, in the files' units. A figure over seeds is followed by
 * its {@code .deviation}, {@code .low} and {@code .high} where the table shows them, and {@code .n}.
 */
final class CsvRenderer {
    private CsvRenderer() {}

    static String render(Table table) {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> header = new LinkedHashSet<>(List.of("group"));
        for (int column = 0; column < table.headings().size(); column++) {
            addKeys(table, column, header);
        }
        for (Table.Group group : table.groups()) {
            for (Table.Row row : group.rows()) {
                Map<String, String> values = new TreeMap<>();
                values.put("group", group.name());
                for (int column = 0; column < table.headings().size(); column++) {
                    addValues(table.headings().get(column), row.cells().get(column), values);
                }
                rows.add(values);
            }
        }
        return text(header, rows);
    }

    /** What a column's figures are called, in the order of the table. */
    private static void addKeys(Table table, int column, Set<String> header) {
        for (Table.Row row : table.rows()) {
            Map<String, String> values = new TreeMap<>();
            addValues(table.headings().get(column), row.cells().get(column), values);
            header.addAll(values.keySet());
        }
    }

    private static void addValues(Table.Heading heading, Cell cell, Map<String, String> values) {
        if (cell instanceof Cell.Figures figures) {
            for (Figure figure : figures.figures()) {
                String key = figure.key();
                values.put(key, Double.toString(figure.value()));
                figure.deviation().ifPresent(value -> values.put(key + ".deviation", Double.toString(value)));
                figure.interval().ifPresent(interval -> {
                    values.put(key + ".low", Double.toString(interval.low()));
                    values.put(key + ".high", Double.toString(interval.high()));
                });
                if (figure.n() > 0) {
                    values.put(key + ".n", Integer.toString(figure.n()));
                }
            }
        } else if (!cell.equals(Cell.NONE)) {
            values.put(heading.key(), ((Cell.Text) cell).text());
        }
    }

    private static String text(Set<String> header, List<Map<String, String>> rows) {
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(header.toArray(String[]::new))
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            for (Map<String, String> row : rows) {
                csv.printRecord(header.stream().map(key -> row.getOrDefault(key, "")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
