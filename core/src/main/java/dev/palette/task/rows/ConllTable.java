package dev.palette.task.rows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The columns of the CoNLL shared tasks: a token a line, its annotations behind it, parted by white space; a blank line ends a sentence. A
 * row is a sentence, its columns are called 1, 2, … and hold lists. {@code -DOCSTART-} lines are passed over, and so are lines that begin
 * with {@code #} and a blank, as CoNLL-U's comments do.
 */
final class ConllTable implements Table {
    private static final String DOCUMENT = "-DOCSTART-";
    private static final String COMMENT = "# ";
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final Path file;

    ConllTable(Path file) {
        this.file = file;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String heading() {
        return file.toString();
    }

    @Override
    public List<String> columns() {
        try (TextLines lines = new TextLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!isBetween(line)) {
                    return names(fields(line).length);
                }
            }
        }
        return List.of();
    }

    @Override
    public int read(Consumer<Row> rows) {
        List<String> columns = columns();
        List<String[]> sentence = new ArrayList<>();
        int row = 0;
        int first = 1;
        try (TextLines lines = new TextLines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!isBetween(line)) {
                    String[] fields = fields(line);
                    checkWidth(fields, columns, lines.place());
                    first = sentence.isEmpty() ? lines.number() : first;
                    sentence.add(fields);
                } else if (!sentence.isEmpty() && line.isBlank()) {
                    rows.accept(row(row++, file + ":" + first, columns, sentence));
                    sentence.clear();
                }
            }
            if (!sentence.isEmpty()) {
                rows.accept(row(row++, file + ":" + first, columns, sentence));
            }
        }
        return row;
    }

    private static boolean isBetween(String line) {
        return line.isBlank() || line.startsWith(DOCUMENT) || line.startsWith(COMMENT);
    }

    private static String[] fields(String line) {
        return WHITE_SPACE.split(line.strip());
    }

    private static List<String> names(int width) {
        return IntStream.rangeClosed(1, width).mapToObj(String::valueOf).toList();
    }

    private static Row row(int number, String place, List<String> columns, List<String[]> sentence) {
        Map<String, ArrayNode> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode(sentence.size());
            int column = i;
            sentence.forEach(fields -> list.add(fields[column]));
            cells.put(columns.get(i), list);
        }
        return new Row(number, place, cells::get);
    }

    private static void checkWidth(String[] fields, List<String> columns, String place) {
        if (fields.length != columns.size()) {
            throw new PaletteException(
                    "%s: found %d %s, expected %d separated by white space, as in the file's first line of a token"
                            .formatted(
                                    place, fields.length, fields.length == 1 ? "column" : "columns", columns.size()));
        }
    }
}
