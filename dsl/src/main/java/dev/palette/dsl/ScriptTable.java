package dev.palette.dsl;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Axis;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.Word;
import dev.palette.table.Baseline;
import dev.palette.table.CellStyle;
import dev.palette.table.Columns;
import dev.palette.table.Mark;
import dev.palette.table.ReferenceFile;
import dev.palette.table.ReferenceTable;
import dev.palette.table.TableSpec;
import dev.palette.task.Average;
import dev.palette.task.Task;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A table as a script describes it: by its axes, which are known by where they stand when the whole experiment is.
 *
 * @param options all but axes and references
 * @param rows axes, or their names
 * @param over axes, or their names
 * @param choose axes, or their names
 * @param compare an axis and one of its values; or {@code allPairs}; empty to compare nothing
 * @param beside references, or files of them
 */
public record ScriptTable(
        TableSpec.Options options,
        List<Object> rows,
        List<Object> over,
        List<Object> choose,
        List<Object> compare,
        List<Object> beside) {
    /** Copies the lists. */
    public ScriptTable {
        rows = List.copyOf(rows);
        over = List.copyOf(over);
        choose = List.copyOf(choose);
        compare = List.copyOf(compare);
        beside = List.copyOf(beside);
    }

    /**
     * The same with axes by name.
     *
     * @param places what an axis is called
     * @param folder the script's, to which files are relative
     */
    TableSpec spec(Function<Axis<?>, String> places, Path folder) {
        return options.rows(names("rows", rows, places))
                .over(names("over", over, places))
                .choose(names("choose", choose, places))
                .compare(baseline(places))
                .beside(beside.stream().map(value -> reference(value, folder)).toList())
                .build();
    }

    private static List<String> names(String option, List<Object> values, Function<Axis<?>, String> places) {
        return values.stream().map(value -> name(option, value, places)).toList();
    }

    private static String name(String option, Object value, Function<Axis<?>, String> places) {
        if (value instanceof Axis<?> axis) {
            return places.apply(axis);
        } else if (value instanceof CharSequence) {
            return value.toString();
        }
        throw new OptionException(
                option,
                "%s is %s, expected axes, or their names in quotes, as in %s 'adapter'"
                        .formatted(option, Wording.of(List.of(value)), option));
    }

    private Baseline baseline(Function<Axis<?>, String> places) {
        if (compare.isEmpty()) {
            return new Baseline.None();
        } else if (compare.size() == 1 && compare.get(0) instanceof Baseline all) {
            return all;
        } else if (compare.size() == 2) {
            return new Baseline.Value(name("compare", compare.get(0), places), label(compare.get(1)));
        }
        throw new OptionException(
                "compare",
                "compare is %s, expected an axis and its value that is the baseline, as in compare architecture, shared(); or allPairs"
                        .formatted(Wording.of(compare)));
    }

    private static String label(Object value) {
        if (value instanceof Adapter adapter) {
            return adapter.label();
        }
        return value instanceof TaskSampling sampling ? sampling.label() : String.valueOf(value);
    }

    private static ReferenceTable reference(Object value, Path folder) {
        if (value instanceof ReferenceTable table) {
            return table;
        } else if (value instanceof CharSequence file) {
            return ReferenceFile.read(folder.resolve(file.toString()).normalize());
        }
        throw new OptionException(
                "beside",
                "beside is %s, expected references, as in references.sticklandMurray.glueTest, or files of them in quotes"
                        .formatted(Wording.of(List.of(value))));
    }

    /** Options of {@code table}. */
    public static final class Options implements Block<ScriptTable>, LocalWords {
        private final TableSpec.Options options = new TableSpec.Options();
        private List<Object> rows = List.of();
        private List<Object> over = List.of();
        private List<Object> choose = List.of();
        private List<Object> compare = List.of();
        private List<Object> beside = List.of();

        /** Axes whose values tell the lines apart: {@code rows architecture, sampling}; all that vary by default. */
        public Options rows(List<Object> axes) {
            rows = axes;
            return this;
        }

        /** What is shown of each line: {@code columns task, average.paper, parameters}, or {@code 'cola.matthews'}. */
        public Options columns(List<Object> values) {
            options.columns(values.stream().map(Options::column).toList());
            return this;
        }

        private static String column(Object value) {
            if (value instanceof Average average) {
                return average.label();
            } else if (value instanceof Task task) {
                return task.name();
            } else if (value instanceof CharSequence) {
                return value.toString();
            }
            throw new OptionException(
                    "columns",
                    "columns is %s, expected %s, a task, or a name in quotes, as in 'cola.matthews'"
                            .formatted(Wording.of(List.of(value)), String.join(", ", Columns.words())));
        }

        /** Axes over whose values lines are means, as they are over seeds. */
        public Options over(List<Object> axes) {
            over = axes;
            return this;
        }

        /** Axes of whose values a line shows the one that does best on the selection split. */
        public Options choose(List<Object> axes) {
            choose = axes;
            return this;
        }

        /** What is shown of a figure over seeds: {@code mean}, {@code deviation}, the default, or {@code interval}. */
        public Options cells(CellStyle style) {
            options.cells(style);
            return this;
        }

        /** What is to be seen at once: {@code best}, {@code different}, {@code equivalent}; the latter two by default. */
        public Options mark(List<Mark> marks) {
            options.mark(EnumSet.copyOf(marks));
            return this;
        }

        /** What lines are compared with: {@code compare architecture, shared()}, or {@code compare allPairs}. */
        public Options compare(List<Object> baseline) {
            compare = baseline;
            return this;
        }

        /** Points of a hundred within which two lines count as equally good. */
        public Options margin(double points) {
            options.margin(points);
            return this;
        }

        /** Published results to be shown below: {@code references.sticklandMurray.glueTest}, or a file. */
        public Options beside(List<Object> references) {
            beside = references;
            return this;
        }

        @Override
        public Map<String, Object> words() {
            Map<String, Object> words = new TreeMap<>();
            Columns.words().stream().filter(word -> !word.contains(".")).forEach(word -> words.put(word, word));
            for (CellStyle style : CellStyle.values()) {
                words.put(Word.of(style), style);
            }
            for (Mark mark : Mark.values()) {
                words.put(Word.of(mark), mark);
            }
            words.put("allPairs", new Baseline.AllPairs());
            TableSpec.AXES.forEach(axis -> words.put(axis, axis));
            return words;
        }

        @Override
        public ScriptTable build() {
            return new ScriptTable(options, rows, over, choose, compare, beside);
        }
    }
}
