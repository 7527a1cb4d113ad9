package dev.palette.table;

import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.table.Measure.OfAverage;
import dev.palette.table.Measure.OfTask;
import dev.palette.table.ReferenceTable.Value;
import dev.palette.table.Table.Group;
import dev.palette.table.Table.Heading;
import dev.palette.table.Table.Row;
import dev.palette.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Published results beside ours. A difference is printed only between figures of the same examples: task, version, split and metric agree;
 * and only for lines of the adapter that the publication's row is of.
 */
final class ReferenceRows {
    static final String NAME = "references";
    private static final String AVERAGE = "average";
    private static final String UNVERIFIED = "not verified: transcribed, and not yet compared with its source";

    private final Lines lines;
    private final List<TableColumn> columns;
    private final List<ReferenceTable> tables;
    private final Map<String, String> versions = new LinkedHashMap<>();

    ReferenceRows(RunSet set, Lines lines, List<TableColumn> columns, List<ReferenceTable> tables) {
        this.lines = lines;
        this.columns = columns;
        this.tables = tables;
        for (TrialRun run : set.runs()) {
            for (Task task : run.tasks()) {
                task.version().ifPresent(version -> versions.put(task.name(), version));
            }
        }
    }

    /** A row for each of the publications' rows. */
    List<Row> rows(boolean showsSeeds, Footnotes footnotes) {
        List<Row> rows = new ArrayList<>();
        for (ReferenceTable table : tables) {
            for (String model : table.models()) {
                List<Value> values = values(table, model);
                List<Cell> cells = new ArrayList<>(List.of(name(table, model, values, footnotes)));
                lines.axes().stream().skip(1).forEach(axis -> cells.add(Cell.NONE));
                columns.forEach(column -> cells.add(cell(column, values, footnotes)));
                if (showsSeeds) {
                    cells.add(Cell.NONE);
                }
                rows.add(new Row(cells));
            }
        }
        return rows;
    }

    private Cell name(ReferenceTable table, String model, List<Value> values, Footnotes footnotes) {
        boolean comparable = values.stream()
                .anyMatch(value -> columns.stream()
                        .flatMap(column -> column.measures().stream())
                        .anyMatch(measure -> isSame(measure, value)));
        String source = "%s; %s%s"
                .formatted(
                        table.source(),
                        table.split(),
                        comparable ? "" : ": other examples than above, so that no differences are printed");
        Cell name = Cell.of(model).with(footnotes.number(source));
        return values.stream().noneMatch(Value::verified) ? name.with(footnotes.number(UNVERIFIED)) : name;
    }

    private static List<Value> values(ReferenceTable table, String model) {
        return table.values().stream()
                .filter(value -> value.model().equals(model))
                .toList();
    }

    private static Cell cell(TableColumn column, List<Value> values, Footnotes footnotes) {
        if (column.format() == NumberFormat.TIMES) {
            return new Cell.Figures(
                    List.of(Figure.of(column.key(), values.get(0).parameters())), NumberFormat.TIMES);
        }
        List<Figure> figures = new ArrayList<>();
        List<Integer> notes = new ArrayList<>();
        for (Measure measure : column.measures()) {
            Optional<Value> value =
                    values.stream().filter(each -> isNamedLike(measure, each)).findFirst();
            if (value.isEmpty()) {
                return Cell.NONE;
            }
            figures.add(Figure.of(measure.key(), value.get().value()));
            value.get().note().ifPresent(note -> notes.add(footnotes.number(note)));
            boolean rowSaysSo = values.stream().noneMatch(Value::verified);
            if (!value.get().verified() && !rowSaysSo) {
                notes.add(footnotes.number(UNVERIFIED));
            }
        }
        Cell cell = new Cell.Figures(figures, column.format());
        for (int note : notes) {
            cell = cell.with(note);
        }
        return cell;
    }

    /** Whether they are the same task and metric, whatever the examples. */
    private static boolean isNamedLike(Measure measure, Value value) {
        if (measure instanceof OfAverage average) {
            return value.task().equals(AVERAGE)
                    && value.metric().equals(average.formula().name().toLowerCase(Locale.ROOT));
        }
        return measure instanceof OfTask task
                && task.task().equals(value.task())
                && task.metric().equals(value.metric())
                && task.isMismatched() == value.isMismatched();
    }

    /** Whether they are of the same examples. */
    private boolean isSame(Measure measure, Value value) {
        return measure instanceof OfTask task
                && isNamedLike(measure, value)
                && task.split().equals(value.split())
                && value.version().isPresent()
                && value.version().equals(Optional.ofNullable(versions.get(task.task())));
    }

    /** Our lines against the publications' rows of the same method; empty where nothing can be compared. */
    Optional<Table> differences() {
        List<Row> rows = new ArrayList<>();
        for (Line line : lines.list()) {
            for (ReferenceTable table : tables) {
                for (Value value : table.values()) {
                    if (isOf(line, value)) {
                        rows.addAll(difference(line, table, value));
                    }
                }
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Heading> headings = List.of(
                new Heading("line", "line", false),
                new Heading("reference", "reference", false),
                new Heading("figure", "figure", false),
                new Heading("ours", "ours", true),
                new Heading("published", "published", true),
                new Heading("difference", "difference", true));
        return Optional.of(
                new Table(
                        NAME,
                        "Differences from published results, × 100",
                        headings,
                        List.of(new Group(ResultTable.RESULTS, rows)),
                        List.of(),
                        List.of(
                                "Where task, version, split and metric agree. How far seeds are apart is not published: no interval can be given.")));
    }

    private static boolean isOf(Line line, Value value) {
        return value.adapter()
                .filter(adapter -> !line.runs().isEmpty()
                        && line.runs().stream().allMatch(run -> run.adapter().equals(adapter)))
                .isPresent();
    }

    private List<Row> difference(Line line, ReferenceTable table, Value value) {
        List<Row> rows = new ArrayList<>();
        for (TableColumn column : columns) {
            for (Measure measure : column.measures()) {
                SortedMap<Long, Double> observed = LineScores.observed(line, measure);
                if (isSame(measure, value) && !observed.isEmpty()) {
                    double ours = observed.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow();
                    rows.add(new Row(List.of(
                            Cell.of(line.title()),
                            Cell.of(table.name() + ": " + value.model()),
                            Cell.of(measure.title()),
                            figure("ours", ours, NumberFormat.PERCENT),
                            figure("published", value.value(), NumberFormat.PERCENT),
                            figure("difference", ours - value.value(), NumberFormat.DIFFERENCE))));
                }
            }
        }
        return rows;
    }

    private static Cell figure(String key, double value, NumberFormat format) {
        return new Cell.Figures(List.of(Figure.of(key, value)), format);
    }
}
