package dev.palette.cli;

import dev.palette.experiment.Vocabulary;
import dev.palette.report.Console;
import dev.palette.result.RunSet;
import dev.palette.session.ExitCode;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.table.Baseline;
import dev.palette.table.BudgetTable;
import dev.palette.table.CellStyle;
import dev.palette.table.Mark;
import dev.palette.table.ReferenceFile;
import dev.palette.table.ResultTable;
import dev.palette.table.Table;
import dev.palette.table.TableFormat;
import dev.palette.table.TableSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette table}: what runs found, from their folders alone. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints what runs found as a table: a line for each value of what varies, means over seeds.",
            "The script is not needed. What is not finished is shown to be missing."
        },
        footer = {
            "",
            "Columns: task, a task's name, a metric as in cola.matthews, average.glue, average.paper, parameters, time, memory, seeds.",
            "",
            "Examples:",
            "  palette table runs/glue-small",
            "  palette table runs/glue-small --rows adapter --columns task,average.paper,parameters --compare adapter=shared",
            "  palette table runs/search --rows adapter --choose learningRate --format latex",
            "  palette table runs/glue-small --beside experiments/references/stickland-murray-2019.csv"
        })
final class TableCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUNS",
            arity = "0..*",
            description = "an experiment's folder or name, or folders of runs; default: the folder of all runs")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "AXIS",
            description = "what tells lines apart; default: all that varies")
    private List<String> rows = new ArrayList<>();

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "what is shown of each line; default: tasks, average and parameters")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--over",
            split = ",",
            paramLabel = "AXIS",
            description = "over what lines are means, as over seeds")
    private List<String> over = new ArrayList<>();

    @Option(
            names = "--choose",
            split = ",",
            paramLabel = "AXIS",
            description = "of what a line shows the value that does best on the selection split")
    private List<String> choose = new ArrayList<>();

    @Option(
            names = "--cells",
            paramLabel = "STYLE",
            description = "mean, deviation or interval; default: deviation, the mean ± standard deviation over seeds")
    private CellStyle cells = CellStyle.DEVIATION;

    @Option(
            names = "--mark",
            split = ",",
            paramLabel = "MARK",
            description = "best, different, equivalent; default: different and equivalent, where lines are compared")
    private List<Mark> marks = List.of(Mark.DIFFERENT, Mark.EQUIVALENT);

    @Option(
            names = "--compare",
            paramLabel = "AXIS=VALUE|all",
            description = "the baseline, as in adapter=shared; or all, for all pairs of lines")
    private @Nullable String compare;

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            description = "points of a hundred within which lines count as equally good; tests equivalence")
    private @Nullable Double margin;

    @Option(names = "--beside", paramLabel = "FILE", description = "published results to show below; may be repeated")
    private List<Path> beside = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, markdown, csv, latex or json; default: text")
    private TableFormat format = TableFormat.TEXT;

    @Option(
            names = "--only",
            paramLabel = "TABLE",
            description = "one of the tables alone: results, comparisons, references or budget")
    private @Nullable String only;

    @Option(
            names = "--budget",
            description = "also what a random search may expect of its best variant, by how many it tries")
    private boolean budget;

    @Override
    public Integer call() {
        RunSet set = RunSet.read(runs.runs(names), Vocabulary.installed());
        if (set.runs().isEmpty()) {
            throw new PaletteException(
                    set.damaged().isEmpty()
                            ? "no runs in %s; name the folder of an experiment".formatted(where())
                            : "no run in %s can be read: %s".formatted(where(), String.join("; ", set.damaged())));
        }
        List<Table> tables = new ArrayList<>(ResultTable.of(String.join(", ", set.experiments()), set, tableSpec()));
        if (budget || BudgetTable.NAME.equals(only)) {
            tables.add(BudgetTable.of(set));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.render(chosen(tables), Console.ofProcess().tableWidth()));
        out.flush();
        return ExitCode.FINISHED;
    }

    private String where() {
        return names.isEmpty() ? runs.out().toString() : String.join(", ", names);
    }

    private TableSpec tableSpec() {
        TableSpec.Options options = new TableSpec.Options()
                .rows(rows)
                .columns(columns)
                .over(over)
                .choose(choose)
                .cells(cells)
                .mark(EnumSet.copyOf(marks))
                .compare(baseline())
                .beside(beside.stream().map(ReferenceFile::read).toList());
        return (margin == null ? options : options.margin(margin)).build();
    }

    private Baseline baseline() {
        if (compare == null) {
            return new Baseline.None();
        } else if (compare.equals("all")) {
            return new Baseline.AllPairs();
        }
        int equals = compare.indexOf('=');
        if (equals < 1) {
            throw new PaletteException("--compare is '%s', expected an axis and its value, as in adapter=shared; or all"
                    .formatted(compare));
        }
        return new Baseline.Value(compare.substring(0, equals), compare.substring(equals + 1));
    }

    private List<Table> chosen(List<Table> tables) {
        if (only == null) {
            return tables;
        }
        List<Table> chosen =
                tables.stream().filter(table -> table.name().equals(only)).toList();
        if (chosen.isEmpty()) {
            throw NearestWord.unknown(
                    "table", only, tables.stream().map(Table::name).toList());
        }
        return chosen;
    }
}
