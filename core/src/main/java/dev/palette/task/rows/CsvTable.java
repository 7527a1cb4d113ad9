package dev.palette.task.rows;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Comma-separated text as RFC 4180 has it: a quoted field may hold commas, quotes (doubled) and line ends. The first record names the columns. */
final class CsvTable implements Table {
    private static final CSVFormat RFC_4180 =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;

    CsvTable(Path file) {
        this.file = file;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String heading() {
        return file + ":1";
    }

    @Override
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        parse((place, record) -> {
            if (columns.isEmpty()) {
                columns.addAll(names(record));
            }
            return false;
        });
        return columns;
    }

    @Override
    public int read(Consumer<Row> rows) {
        Map<String, Integer> positions = new HashMap<>();
        List<String> columns = new ArrayList<>();
        int[] row = {0};
        parse((place, record) -> {
            if (columns.isEmpty()) {
                columns.addAll(names(record));
                for (int i = columns.size() - 1; i >= 0; i--) {
                    positions.put(columns.get(i), i); // of two columns of one name the first
                }
                return true;
            }
            checkWidth(record, columns, place);
            rows.accept(new Row(
                    row[0]++,
                    place,
                    column -> Optional.ofNullable(positions.get(column))
                            .map(position -> TextNode.valueOf(record.get(position)))
                            .orElse(null)));
            return true;
        });
        return row[0];
    }

    /** What is done with each record; says whether to go on. */
    private interface Visitor {
        boolean visit(String place, CSVRecord record);
    }

    private void parse(Visitor visitor) {
        long line = 1;
        try (CSVParser parser = CSVParser.builder()
                .setReader(Files.newBufferedReader(file))
                .setFormat(RFC_4180)
                .get()) {
            Iterator<CSVRecord> records = parser.iterator();
            boolean more = true;
            while (more && records.hasNext()) {
                more = visitor.visit(file + ":" + line, records.next());
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (CharacterCodingException e) {
            throw TextLines.unreadable(file, e);
        } catch (UncheckedIOException e) {
            throw malformed(line, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (IOException e) {
            throw malformed(line, e);
        }
    }

    /** Commons CSV tells a bad quote by an exception of I/O. */
    private PaletteException malformed(long line, IOException e) {
        String said = String.valueOf(e.getMessage());
        boolean ofCsv = said.contains("token") || said.contains("EOF");
        return e instanceof CharacterCodingException || !ofCsv
                ? TextLines.unreadable(file, e)
                : new PaletteException(
                        "%s:%d: not CSV: %s; a quote inside a quoted field is written twice"
                                .formatted(file, line, said),
                        e);
    }

    private static List<String> names(CSVRecord header) {
        List<String> names = header.toList();
        names.set(0, names.get(0).replaceFirst("^" + BYTE_ORDER_MARK, ""));
        return names;
    }

    private static void checkWidth(CSVRecord record, List<String> columns, String place) {
        if (record.size() != columns.size()) {
            throw new PaletteException("%s: found %d %s, expected %d separated by commas: %s"
                    .formatted(
                            place,
                            record.size(),
                            record.size() == 1 ? "column" : "columns",
                            columns.size(),
                            String.join(", ", columns)));
        }
    }
}
