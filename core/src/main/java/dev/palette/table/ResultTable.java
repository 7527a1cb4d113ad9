package dev.palette.table;

import dev.palette.result.RunSet;
import dev.palette.table.Table.Group;
import dev.palette.table.Table.Heading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tables of some runs: the results, a line each value of what varies; the differences from a baseline, where one is declared;
 * those from published results, where they are of the same examples.
 */
public final class ResultTable {
    /** The name of the table of results. */
    public static final String NAME = "results";

    static final String BASELINE = "baseline";
    static final String RESULTS = "results";
    static final String REFERENCE = "reference";

    private final String title;
    private final RunSet set;
    private final TableSpec spec;
    private final Axes axes;
    private final Lines lines;
    private final List<TableColumn> columns;
    private final boolean showsSeeds;

    private ResultTable(String title, RunSet set, TableSpec spec) {
        SameExamples.require(set);
        this.title = title;
        this.set = set;
        this.spec = spec;
        this.axes = new Axes(set.runs(), set.names());
        this.lines = Lines.of(set, axes, spec);
        Columns known = new Columns(set);
        this.columns = spec.columns().isEmpty()
                ? known.usual()
                : spec.columns().stream()
                        .filter(word -> !word.equals(Columns.SEEDS))
                        .flatMap(word -> known.of(word).stream())
                        .distinct()
                        .toList();
        this.showsSeeds =
                spec.columns().contains(Columns.SEEDS) || lines.list().stream().anyMatch(line -> line.asked() > 1);
    }

    /**
     * The tables.
     *
     * @param title above the first
     * @param set finished runs, and those that are not
     * @throws dev.palette.spec.PaletteException when there is no such axis, column or baseline; the runs are of several experiments, or
     *     differ in more than the table shows; or were scored on different examples
     */
    public static List<Table> of(String title, RunSet set, TableSpec spec) {
        return new ResultTable(title, set, spec).tables();
    }

    private List<Table> tables() {
        List<Contrast> contrasts = new Contrasts(lines, measures(), spec.margin()).against(spec.baseline(), axes);
        ReferenceRows references = new ReferenceRows(set, lines, columns, spec.beside());
        List<Table> tables = new ArrayList<>(List.of(results(contrasts, references)));
        references.differences().ifPresent(tables::add);
        if (!contrasts.isEmpty()) {
            tables.add(ComparisonTable.of(contrasts, spec.margin()));
        }
        return tables;
    }

    private List<Measure> measures() {
        return columns.stream()
                .flatMap(column -> column.measures().stream())
                .distinct()
                .toList();
    }

    private Table results(List<Contrast> contrasts, ReferenceRows references) {
        List<Heading> headings = new ArrayList<>();
        lines.axes().forEach(axis -> headings.add(new Heading(axis.path(), axis.heading(), false)));
        columns.forEach(column -> headings.add(column.heading()));
        if (showsSeeds) {
            headings.add(new Heading(Columns.SEEDS, Columns.SEEDS, true));
        }
        Footnotes footnotes = new Footnotes();
        ResultRows rows = new ResultRows(lines, columns, spec, contrasts, showsSeeds, footnotes);
        List<Group> groups = new ArrayList<>();
        Optional<Table.Row> majority = rows.majority(set);
        groups.add(new Group(BASELINE, majority.stream().toList()));
        groups.add(new Group(RESULTS, rows.lines()));
        groups.add(new Group(REFERENCE, references.rows(showsSeeds, footnotes)));
        return new Table(
                NAME,
                title,
                headings,
                groups,
                footnotes.texts(),
                new ResultNotes(set, lines, columns, spec).of(groups));
    }
}
