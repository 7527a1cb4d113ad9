package dev.palette.task.own;

import dev.palette.spec.PaletteException;
import dev.palette.task.rows.Row;
import dev.palette.task.rows.Table;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** The labels that a training file has, where a script names none. */
final class FoundLabels {
    private FoundLabels() {}

    /**
     * Every label, once, in alphabetical order.
     *
     * @param column where they are, for messages
     * @param ofRow the labels of a row
     * @throws PaletteException when there are fewer than two
     */
    static List<String> in(Table table, String column, Function<Row, Collection<String>> ofRow) {
        TreeSet<String> found = new TreeSet<>();
        table.readSome(row -> found.addAll(ofRow.apply(row)));
        if (found.size() < 2) {
            throw new PaletteException("%s: column '%s' has %s, expected two labels or more to tell apart"
                    .formatted(
                            table.file(),
                            column,
                            found.isEmpty() ? "no labels" : "the label '" + found.first() + "' alone"));
        }
        return List.copyOf(found);
    }
}
