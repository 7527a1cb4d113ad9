package dev.palette.table;

import dev.palette.table.Table.Heading;
import dev.palette.table.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.text.WordUtils;

/**
 * Tables for terminals: columns two spaces apart, figures aligned on their decimal points. A table that is wider than the terminal is
 * continued below, each part with the names of its lines.
 */
final class TextRenderer {
    private static final String GAP = "  ";

    private final Table table;
    private final int width;

    /**
     * @param width columns of letters that fit beside each other
     */
    TextRenderer(Table table, int width) {
        this.table = table;
        this.width = width;
    }

    String render() {
        List<TextColumn> columns = IntStream.range(0, table.headings().size())
                .mapToObj(this::column)
                .toList();
        StringBuilder text = new StringBuilder(table.title()).append("\n\n");
        for (List<TextColumn> block : blocks(columns)) {
            append(text, block);
        }
        for (int i = 0; i < table.footnotes().size(); i++) {
            text.append(wrapped(CellText.raised(i) + " " + table.footnotes().get(i)));
        }
        table.notes().forEach(note -> text.append(wrapped(note)));
        return text.toString();
    }

    private TextColumn column(int index) {
        Heading heading = table.headings().get(index);
        List<CellText> cells = table.rows().stream()
                .map(row -> CellText.of(row.cells().get(index)))
                .toList();
        return heading.figures()
                ? TextColumn.ofFigures(heading.text(), cells)
                : TextColumn.ofNames(heading.text(), cells, Math.max(8, width / (2 * Math.max(1, table.names()))));
    }

    /** Columns that fit beside each other, always with all names. */
    private List<List<TextColumn>> blocks(List<TextColumn> columns) {
        List<TextColumn> names = columns.subList(0, table.names());
        List<List<TextColumn>> blocks = new ArrayList<>();
        List<TextColumn> block = new ArrayList<>(names);
        for (TextColumn column : columns.subList(table.names(), columns.size())) {
            if (block.size() > names.size() && widthOf(block) + GAP.length() + column.width() > width) {
                blocks.add(block);
                block = new ArrayList<>(names);
            }
            block.add(column);
        }
        blocks.add(block);
        return blocks;
    }

    private static int widthOf(List<TextColumn> columns) {
        return columns.stream()
                        .mapToInt(column -> column.width() + GAP.length())
                        .sum()
                - GAP.length();
    }

    private void append(StringBuilder text, List<TextColumn> block) {
        line(text, block.stream().map(TextColumn::heading).toList());
        int row = 0;
        for (Table.Group group : table.groups()) {
            if (group.name().equals(ResultTable.REFERENCE) && !group.rows().isEmpty()) {
                text.append("─".repeat(Math.min(width, widthOf(block)))).append('\n');
            }
            for (Row unused : group.rows()) {
                int index = row++;
                line(
                        text,
                        block.stream().map(column -> column.cells().get(index)).toList());
            }
        }
        text.append('\n');
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(String.join(GAP, cells).stripTrailing()).append('\n');
    }

    private String wrapped(String note) {
        return (width == Integer.MAX_VALUE ? note : WordUtils.wrap(note, width - 2, "\n  ", false)) + "\n";
    }
}
