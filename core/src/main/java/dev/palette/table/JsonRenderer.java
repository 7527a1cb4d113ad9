package dev.palette.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.spec.Word;
import java.util.List;

/** Tables for programs: the whole model, figures in full, in the files' units. */
final class JsonRenderer {
    private static final int FORMAT = 2;

    private JsonRenderer() {}

    static ObjectNode json(List<Table> tables) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        ArrayNode array = root.putArray("tables");
        tables.forEach(table -> array.add(json(table)));
        return root;
    }

    private static ObjectNode json(Table table) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("name", table.name()).put("title", table.title());
        ArrayNode columns = json.putArray("columns");
        table.headings()
                .forEach(heading -> columns.addObject()
                        .put("key", heading.key())
                        .put("heading", heading.text())
                        .put("figures", heading.figures()));
        ArrayNode rows = json.putArray("rows");
        for (Table.Group group : table.groups()) {
            for (Table.Row row : group.rows()) {
                ObjectNode node = rows.addObject().put("group", group.name());
                for (int column = 0; column < table.headings().size(); column++) {
                    Cell cell = row.cells().get(column);
                    if (!cell.equals(Cell.NONE)) {
                        addCell(node.putObject(table.headings().get(column).key()), cell);
                    }
                }
            }
        }
        table.footnotes().forEach(json.putArray("footnotes")::add);
        table.notes().forEach(json.putArray("notes")::add);
        return json;
    }

    private static void addCell(ObjectNode node, Cell cell) {
        if (cell instanceof Cell.Text words) {
            node.put("text", words.text());
        } else if (cell instanceof Cell.Figures figures) {
            figures.figures().forEach(figure -> addFigure(node.putObject(figure.key()), figure));
            figures.marks().stream()
                    .sorted()
                    .forEach(mark -> node.withArray("marks").add(Word.of(mark)));
        }
        cell.footnotes().forEach(footnote -> node.withArray("footnotes").add(footnote));
    }

    private static void addFigure(ObjectNode node, Figure figure) {
        node.put("value", figure.value());
        figure.deviation().ifPresent(deviation -> node.put("standardDeviation", deviation));
        figure.interval().ifPresent(interval -> node.put("low", interval.low()).put("high", interval.high()));
        if (figure.n() > 0) {
            node.put("n", figure.n());
        }
    }
}
