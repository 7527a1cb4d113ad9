package dev.palette.table;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table as everybody who shows it gets it: what is in it, and nothing of how it looks. Immutable.
 *
 * @param name by which it is asked for, e.g. {@code results}
 * @param title what stands above it
 * @param headings a column each; those that name a line stand before those of figures
 * @param groups of rows, parted by a rule
 * @param footnotes what cells refer to by its place in this list
 * @param notes what a reader must know of the whole
 */
public record Table(
        String name,
        String title,
        List<Heading> headings,
        List<Group> groups,
        List<String> footnotes,
        List<String> notes) {
    /** Copies the lists and checks that every row has a cell a column. */
    public Table {
        headings = List.copyOf(headings);
        groups = List.copyOf(groups);
        footnotes = List.copyOf(footnotes);
        notes = List.copyOf(notes);
        for (Group group : groups) {
            for (Row row : group.rows()) {
                if (row.cells().size() != headings.size()) {
                    throw new IllegalArgumentException("%s: %d cells in %d columns"
                            .formatted(name, row.cells().size(), headings.size()));
                }
            }
        }
    }

    /**
     * A column's.
     *
     * @param key for programs, e.g. {@code mrpc}
     * @param text for people, e.g. {@code mrpc acc/F1}
     * @param figures whether its cells are figures, and not names of the line
     */
    public record Heading(String key, String text, boolean figures) {}

    /**
     * Rows of one kind.
     *
     * @param name for programs: {@code baseline}, {@code results}, {@code reference}
     * @param rows may be none
     */
    public record Group(String name, List<Row> rows) {
        /** Copies the list. */
        public Group {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row.
     *
     * @param cells one a column
     */
    public record Row(List<Cell> cells) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** All rows, group after group. */
    public List<Row> rows() {
        return groups.stream().flatMap(group -> group.rows().stream()).toList();
    }

    /** How many columns name the line. */
    public int names() {
        return (int) headings.stream().filter(heading -> !heading.figures()).count();
    }

    /** The cells of all rows as they are read, with marks and the numbers of footnotes. */
    public List<List<String>> texts() {
        return rows().stream()
                .map(row -> row.cells().stream()
                        .map(cell -> CellText.of(cell).whole())
                        .toList())
                .toList();
    }

    /** What stands below the table: footnotes with their numbers, then notes. */
    public List<String> below() {
        return Stream.concat(
                        IntStream.range(0, footnotes.size()).mapToObj(i -> CellText.raised(i) + " " + footnotes.get(i)),
                        notes.stream())
                .toList();
    }
}
