package dev.palette.task.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tab-separated text: a line a row, fields as they are, a quote like any other character. The first line names the columns, unless
 * somebody does who knows them.
 */
public final class TsvTable implements Table {
    private final Path file;
    private final @Nullable List<String> known;
    private final Collection<String> headed;
    private final boolean shortRowsSkipped;

    /** A file whose first line names its columns. */
    public TsvTable(Path file) {
        this.file = file;
        this.known = null;
        this.headed = List.of();
        this.shortRowsSkipped = false;
    }

    /**
     * A file whose columns are known.
     *
     * @param columns every column, in order
     * @param headed those that the first line must name as {@code columns} does; none in a file without a header
     * @param shortRowsSkipped rows with too few columns are left out, instead of an error
     */
    public TsvTable(Path file, List<String> columns, Collection<String> headed, boolean shortRowsSkipped) {
        this.file = file;
        this.known = List.copyOf(columns);
        this.headed = List.copyOf(headed);
        this.shortRowsSkipped = shortRowsSkipped;
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
        if (known != null) {
            return known;
        }
        try (TextLines lines = new TextLines(file)) {
            String line = lines.next();
            return List.of(fields(line == null ? "" : line));
        }
    }

    @Override
    public int read(Consumer<Row> rows) {
        List<String> columns = columns();
        Map<String, Integer> positions = new HashMap<>();
        for (int i = columns.size() - 1; i >= 0; i--) {
            positions.put(columns.get(i), i); // of two columns of one name the first
        }
        int row = 0;
        try (TextLines lines = new TextLines(file)) {
            if (known == null) {
                lines.next();
            }
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] fields = fields(line);
                if (lines.number() == 1 && !headed.isEmpty()) {
                    checkHeader(fields, columns, positions, lines.place());
                    continue;
                }
                if (!(shortRowsSkipped && fields.length < columns.size())) {
                    checkWidth(fields, columns, lines.place());
                    rows.accept(new Row(row, lines.place(), cells(fields, positions)));
                }
                row++;
            }
        }
        return row;
    }

    private static String[] fields(String line) {
        return line.split("\t", -1);
    }

    private static Function<String, @Nullable JsonNode> cells(String[] fields, Map<String, Integer> positions) {
        return column -> {
            Integer position = positions.get(column);
            return position == null ? null : TextNode.valueOf(fields[position]);
        };
    }

    private void checkHeader(String[] found, List<String> columns, Map<String, Integer> positions, String place) {
        checkWidth(found, columns, place);
        for (String column : headed) {
            int position = positions.getOrDefault(column, 0);
            if (!found[position].equals(column)) {
                throw new PaletteException("%s: found column %d is headed '%s', expected '%s'"
                        .formatted(place, position + 1, found[position], column));
            }
        }
    }

    private static void checkWidth(String[] fields, List<String> columns, String place) {
        if (fields.length != columns.size()) {
            throw new PaletteException("%s: found %d %s, expected %d separated by tabs: %s"
                    .formatted(
                            place,
                            fields.length,
                            fields.length == 1 ? "column" : "columns",
                            columns.size(),
                            String.join(", ", columns)));
        }
    }
}
