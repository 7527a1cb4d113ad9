package dev.palette.task.rows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One row of a {@link Table}. A cell is a JSON value, in formats of text alone always a text. */
public final class Row {
    private static final int LONGEST_SHOWN = 60;

    private final int number;
    private final String place;
    private final Function<String, @Nullable JsonNode> cells;

    /**
     * A row.
     *
     * @param number its place among the rows, from 0; rows that were left out are counted
     * @param place where it is, for messages, e.g. {@code data/train.csv:12}
     * @param cells gives the value of a column; null where the row has none
     */
    public Row(int number, String place, Function<String, @Nullable JsonNode> cells) {
        this.number = number;
        this.place = place;
        this.cells = cells;
    }

    /** Its place among the rows, from 0; rows that were left out are counted. */
    public int number() {
        return number;
    }

    /** Where it is, for messages. */
    public String place() {
        return place;
    }

    /** Whether the row has a value there, and not null. */
    public boolean has(String column) {
        JsonNode cell = cells.apply(column);
        return cell != null && !cell.isNull();
    }

    /**
     * The value of a column.
     *
     * @throws PaletteException when the row has none
     */
    public JsonNode cell(String column) {
        JsonNode cell = cells.apply(column);
        if (cell == null || cell.isNull()) {
            throw problem("no value in column '%s'".formatted(column), "one in every row");
        }
        return cell;
    }

    /**
     * The value of a column as a text; numbers and booleans as JSON writes them.
     *
     * @throws PaletteException when the row has none, or it is a list or an object
     */
    public String text(String column) {
        JsonNode cell = cell(column);
        if (!cell.isValueNode()) {
            throw problem("%s in column '%s'".formatted(shown(cell), column), "a text");
        }
        return cell.asText();
    }

    /**
     * The value of a column as a list of texts.
     *
     * @throws PaletteException when the row has none, or it is no list of texts and numbers
     */
    public List<String> texts(String column) {
        JsonNode cell = cell(column);
        if (!cell.isArray()) {
            throw problem("%s in column '%s'".formatted(shown(cell), column), "a list of texts");
        }
        List<String> texts = new ArrayList<>(cell.size());
        for (JsonNode element : cell) {
            if (!element.isValueNode() || element.isNull()) {
                throw problem("%s in the list of column '%s'".formatted(shown(element), column), "texts");
            }
            texts.add(element.asText());
        }
        return texts;
    }

    /** An error of this row. */
    public PaletteException problem(String found, String expected) {
        return new PaletteException("%s: found %s, expected %s".formatted(place, found, expected));
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }
}
