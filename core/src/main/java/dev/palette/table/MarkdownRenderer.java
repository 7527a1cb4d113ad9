package dev.palette.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables as pipe tables, as GitHub and most other readers of Markdown know them; the best of a column in bold. */
final class MarkdownRenderer {
    private MarkdownRenderer() {}

    /**
     * One table.
     *
     * @param level of the title, from 1
     */
    static String render(Table table, int level) {
        List<String> headings =
                table.headings().stream().map(Table.Heading::text).toList();
        List<String> rule = table.headings().stream()
                .map(heading -> heading.figures() ? "---:" : "---")
                .toList();
        Stream<List<String>> rows = table.rows().stream()
                .map(row -> row.cells().stream().map(MarkdownRenderer::cell).toList());
        return "#".repeat(level) + " " + table.title() + "\n\n"
                + Stream.concat(Stream.of(headings, rule), rows)
                        .map(cells -> cells.stream()
                                .map(cell -> cell.replace("|", "\\|"))
                                .collect(Collectors.joining(" | ", "| ", " |\n")))
                        .collect(Collectors.joining())
                + table.below().stream()
                        .map(note -> "\n- " + note.replace("*", "\\*"))
                        .collect(Collectors.joining("", "", "\n"));
    }

    private static String cell(Cell cell) {
        CellText text = CellText.of(cell);
        String whole = text.whole().replace("*", "\\*");
        return text.best() ? "**" + whole + "**" : whole;
    }
}
