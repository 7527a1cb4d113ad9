package dev.palette.table;

import dev.palette.result.RunResult;
import dev.palette.result.RunSet;
import dev.palette.result.Score;
import dev.palette.statistics.Aggregate;
import dev.palette.table.Measure.OfAverage;
import dev.palette.table.Measure.OfTask;
import dev.palette.table.Table.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** The rows of results: the lines, and the model that looks at no text above them. */
final class ResultRows {
    private final Lines lines;
    private final List<TableColumn> columns;
    private final TableSpec spec;
    private final List<Contrast> contrasts;
    private final boolean showsSeeds;
    private final Footnotes footnotes;

    ResultRows(
            Lines lines,
            List<TableColumn> columns,
            TableSpec spec,
            List<Contrast> contrasts,
            boolean showsSeeds,
            Footnotes footnotes) {
        this.lines = lines;
        this.columns = columns;
        this.spec = spec;
        this.contrasts =
                spec.baseline() instanceof Baseline.AllPairs ? List.of() : contrasts; // each cell would be in many
        this.showsSeeds = showsSeeds;
        this.footnotes = footnotes;
    }

    /** The majority baseline, which hangs on the data alone, so that any run has it; empty where no column is a score. */
    Optional<Row> majority(RunSet set) {
        if (columns.stream().noneMatch(column -> column.measures().get(0).isScore())) {
            return Optional.empty();
        }
        List<Score> scores = set.finished().stream()
                .flatMap(run -> run.result().stream())
                .map(RunResult::majority)
                .findFirst()
                .orElse(List.of());
        List<Cell> cells = new ArrayList<>(List.of(Cell.of("majority")));
        lines.axes().stream().skip(1).forEach(axis -> cells.add(Cell.NONE));
        columns.forEach(column -> cells.add(majority(column, scores)));
        if (showsSeeds) {
            cells.add(Cell.NONE);
        }
        return Optional.of(new Row(cells));
    }

    private static Cell majority(TableColumn column, List<Score> scores) {
        List<Figure> figures = new ArrayList<>();
        for (Measure measure : column.measures()) {
            OptionalDouble value = measure instanceof OfTask task
                    ? task.in(scores)
                    : measure instanceof OfAverage average ? average.in(scores) : OptionalDouble.empty();
            if (value.isEmpty()) {
                return Cell.NONE;
            }
            figures.add(Figure.of(measure.key(), value.getAsDouble()));
        }
        return new Cell.Figures(figures, column.format());
    }

    /** A row a line. */
    List<Row> lines() {
        List<List<Cell>> cells = new ArrayList<>();
        for (Line line : lines.list()) {
            List<Cell> row = new ArrayList<>();
            line.names().forEach(name -> row.add(Cell.of(name)));
            if (isPartOfMean(line)) {
                row.set(
                        0,
                        row.get(0)
                                .with(footnotes.number("mean over %d of %d runs alone"
                                        .formatted(
                                                line.finished().size(),
                                                line.runs().size()))));
            }
            columns.forEach(column -> row.add(cell(line, column)));
            if (showsSeeds) {
                row.add(Cell.of(line.seeds() + "/" + line.asked()));
            }
            cells.add(row);
        }
        if (spec.marks().contains(Mark.BEST)) {
            IntStream.range(0, columns.size())
                    .filter(column -> columns.get(column).measures().get(0).isScore())
                    .forEach(column -> markBest(cells, lines.axes().size() + column));
        }
        return cells.stream().map(Row::new).toList();
    }

    /** Whether a line is a mean over other runs than its seeds, and not all of them are finished. */
    private boolean isPartOfMean(Line line) {
        return !spec.over().isEmpty() && line.finished().size() < line.runs().size();
    }

    private Cell cell(Line line, TableColumn column) {
        List<Figure> figures = new ArrayList<>();
        boolean showsN = false;
        for (Measure measure : column.measures()) {
            SortedMap<Long, Double> observed = LineScores.observed(line, measure);
            if (observed.isEmpty()) {
                return Cell.NONE;
            }
            showsN |= observed.size() != line.seeds();
            figures.add(Figure.of(
                    measure.key(), Aggregate.of(observed.values()), measure.isScore() ? spec.cells() : CellStyle.MEAN));
            if (column.format() == NumberFormat.TIMES && differ(line, measure)) {
                return range(line, measure, column.format());
            }
        }
        return new Cell.Figures(figures, column.format(), showsN, marks(line, column), List.of());
    }

    private static boolean differ(Line line, Measure measure) {
        return values(line, measure).stream().distinct().count() > 1;
    }

    /** Sizes of different models are no sample of one: they are shown from the least to the largest. */
    private static Cell range(Line line, Measure measure, NumberFormat format) {
        Collection<Double> values = values(line, measure);
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return Cell.of(format.number(least) + "–" + format.number(most));
    }

    private static List<Double> values(Line line, Measure measure) {
        return line.finished().stream()
                .flatMap(run -> run.result().stream())
                .map(measure::of)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
    }

    private Set<Mark> marks(Line line, TableColumn column) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        for (Contrast contrast : contrasts) {
            if (contrast.other().equals(line) && column.measures().contains(contrast.measure())) {
                if (contrast.differs()) {
                    marks.add(Mark.DIFFERENT);
                } else if (contrast.isEquivalent()) {
                    marks.add(Mark.EQUIVALENT);
                }
            }
        }
        marks.retainAll(spec.marks());
        return marks;
    }

    private static void markBest(List<List<Cell>> rows, int column) {
        OptionalDouble highest = rows.stream()
                .map(row -> row.get(column))
                .filter(Cell.Figures.class::isInstance)
                .mapToDouble(cell -> first((Cell.Figures) cell))
                .max();
        for (List<Cell> row : rows) {
            if (row.get(column) instanceof Cell.Figures figures
                    && highest.isPresent()
                    && first(figures) == highest.getAsDouble()) {
                row.set(column, figures.with(Mark.BEST));
            }
        }
    }

    private static double first(Cell.Figures cell) {
        return cell.figures().get(0).value();
    }
}
