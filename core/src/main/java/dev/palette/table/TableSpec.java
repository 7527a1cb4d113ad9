package dev.palette.table;

import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which table is made of some runs.
 *
 * @param rows axes whose values tell the lines apart, by name or path; empty for all that vary
 * @param columns what is shown of each line, see {@link Columns}; empty for tasks, average and parameters
 * @param over axes over whose values lines are means, as they are over seeds
 * @param choose axes of whose values a line shows the one that does best on the selection split
 * @param cells what is shown of a figure over seeds
 * @param marks what is to be seen at once
 * @param baseline what lines are compared with
 * @param margin within which two lines count as equally good, a fraction of 1; empty to test no equivalence
 * @param beside published results to be shown below
 */
public record TableSpec(
        List<String> rows,
        List<String> columns,
        List<String> over,
        List<String> choose,
        CellStyle cells,
        Set<Mark> marks,
        Baseline baseline,
        OptionalDouble margin,
        List<ReferenceTable> beside) {
    /** The table of all that varies. */
    public static final TableSpec DEFAULT = new Options().build();

    /** Axes that all runs have, whatever varies, by name. */
    public static final List<String> AXES = List.of("adapter", "sampler", "experiment", "seed");

    /** Copies lists and marks. */
    public TableSpec {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        over = List.copyOf(over);
        choose = List.copyOf(choose);
        marks = Set.copyOf(marks);
        beside = List.copyOf(beside);
    }

    /** A table configured by a block: {@code TableSpec.of(t -> t.rows(List.of("adapter")))}. */
    public static TableSpec of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** Options of {@code table}. */
    public static class Options implements Block<TableSpec> {
        private List<String> rows = List.of();
        private List<String> columns = List.of();
        private List<String> over = List.of();
        private List<String> choose = List.of();
        private CellStyle cells = CellStyle.DEVIATION;
        private Set<Mark> marks = EnumSet.of(Mark.DIFFERENT, Mark.EQUIVALENT);
        private Baseline baseline = new Baseline.None();
        private OptionalDouble margin = OptionalDouble.empty();
        private List<ReferenceTable> beside = List.of();

        /** Axes whose values tell the lines apart; all that vary by default. */
        public Options rows(List<String> axes) {
            rows = axes;
            return this;
        }

        /** What is shown of each line; tasks, average and parameters by default. */
        public Options columns(List<String> words) {
            columns = words;
            return this;
        }

        /** Axes over whose values lines are means. */
        public Options over(List<String> axes) {
            over = axes;
            return this;
        }

        /** Axes of whose values a line shows the one that does best on the selection split. */
        public Options choose(List<String> axes) {
            choose = axes;
            return this;
        }

        /** What is shown of a figure over seeds; mean and standard deviation by default. */
        public Options cells(CellStyle style) {
            cells = style;
            return this;
        }

        /** What is to be seen at once; differences from the baseline, and equivalence with it, by default. */
        public Options mark(Set<Mark> values) {
            marks = values;
            return this;
        }

        /** What lines are compared with; nothing by default. */
        public Options compare(Baseline value) {
            baseline = value;
            return this;
        }

        /** Points, of a hundred, within which two lines count as equally good; no equivalence is tested by default. */
        public Options margin(double points) {
            if (!(points > 0 && points < 100)) {
                throw new PaletteException(
                        "margin is %s, expected points of a hundred, above 0 and below 100".formatted(points));
            }
            margin = OptionalDouble.of(points / 100);
            return this;
        }

        /** Published results to be shown below; none by default. */
        public Options beside(List<ReferenceTable> tables) {
            beside = tables;
            return this;
        }

        @Override
        public TableSpec build() {
            return new TableSpec(rows, columns, over, choose, cells, marks, baseline, margin, beside);
        }
    }
}
