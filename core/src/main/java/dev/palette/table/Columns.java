package dev.palette.table;

import dev.palette.result.RunResult;
import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.table.Measure.OfAverage;
import dev.palette.table.Measure.OfRun;
import dev.palette.table.Measure.OfTask;
import dev.palette.task.Average;
import dev.palette.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The columns that a table may have, by the words that ask for them:
 *
 * <ul>
 *   <li>{@code task}: every task with its metrics, {@code mrpc acc/F1}, MNLI's two dev sets side by side;
 *   <li>a task's name, {@code mrpc}; or one metric of it, {@code mrpc.f1};
 *   <li>{@code average.glue}, {@code average.paper}, {@code average.original};
 *   <li>{@code parameters} as a multiple of the encoder's, {@code time} of training, {@code memory} at its peak, the
 *       {@code energy} that its devices drew, where they tell;
 *   <li>{@code seeds}: how many are finished.
 * </ul>
 */
public final class Columns {
    /** Every task. */
    public static final String TASK = "task";

    /** How many seeds. */
    public static final String SEEDS = "seeds";

    private static final Map<String, TableColumn> OF_RUNS = ofRuns();

    private final List<OfTask> scores;
    private final List<Average> averages;

    /** The columns that some runs' results, or where there are none their tasks, offer. */
    Columns(RunSet set) {
        Set<OfTask> found = new LinkedHashSet<>();
        for (TrialRun run : set.runs()) {
            run.tasks().forEach(task -> found.addAll(scores(task)));
            run.result().ifPresent(result -> result.scores().forEach(score -> found.add(OfTask.of(score))));
        }
        scores = List.copyOf(found);
        averages = set.runs().stream().map(TrialRun::keepBest).distinct().toList();
    }

    private static List<OfTask> scores(Task task) {
        List<OfTask> scores = new ArrayList<>();
        task.evaluations()
                .forEach(evaluation -> task.metrics()
                        .forEach(metric -> scores.add(
                                new OfTask(task.name(), evaluation.split().label(), metric.label()))));
        return scores;
    }

    /** The words besides tasks and metrics. */
    public static List<String> words() {
        List<String> words = new ArrayList<>(List.of(TASK));
        Arrays.stream(Average.values()).map(Average::label).forEach(words::add);
        words.addAll(OF_RUNS.keySet());
        words.add(SEEDS);
        return words;
    }

    /** All scores that there are. */
    List<OfTask> scores() {
        return scores;
    }

    /** What a table has that was not told: tasks, the averages by which checkpoints were chosen, parameters. */
    List<TableColumn> usual() {
        List<TableColumn> columns = new ArrayList<>(tasks());
        averages.forEach(average -> columns.add(average(average)));
        columns.add(named("parameters"));
        return columns;
    }

    /**
     * What a word asks for.
     *
     * @throws PaletteException when nothing has that name; lists what there is
     */
    List<TableColumn> of(String word) {
        return word.equals(TASK) ? tasks() : List.of(named(word));
    }

    private TableColumn named(String word) {
        TableColumn ofRuns = OF_RUNS.get(word);
        if (ofRuns != null) {
            return ofRuns;
        }
        for (Average average : Average.values()) {
            if (average.label().equals(word)) {
                return average(average);
            }
        }
        for (TableColumn column : tasks()) {
            if (column.key().equals(word)) {
                return column;
            }
        }
        for (OfTask score : scores) {
            if (score.key().equals(word)) {
                return TableColumn.of(score, NumberFormat.PERCENT);
            }
        }
        throw unknown(word);
    }

    private PaletteException unknown(String word) {
        List<String> known = new ArrayList<>(words());
        tasks().forEach(column -> known.add(column.key()));
        scores.forEach(score -> known.add(score.key()));
        return NearestWord.unknown("column", word, known);
    }

    private TableColumn average(Average formula) {
        return TableColumn.of(new OfAverage(formula, scores), NumberFormat.PERCENT);
    }

    /** A column a task; MNLI's two dev sets, of one metric each, in one. */
    private List<TableColumn> tasks() {
        Map<String, List<OfTask>> byTask =
                scores.stream().collect(Collectors.groupingBy(OfTask::task, LinkedHashMap::new, Collectors.toList()));
        List<TableColumn> columns = new ArrayList<>();
        byTask.forEach((task, all) -> {
            boolean twoSets = all.stream().map(OfTask::split).distinct().count() == 2
                    && all.stream().map(OfTask::metric).distinct().count() == 1;
            if (twoSets) {
                columns.add(new TableColumn(task, task + " m/mm", List.copyOf(all), NumberFormat.PERCENT));
                return;
            }
            all.stream()
                    .collect(Collectors.groupingBy(OfTask::column, LinkedHashMap::new, Collectors.toList()))
                    .forEach((column, own) -> columns.add(new TableColumn(
                            column,
                            column
                                    + own.stream()
                                            .map(score -> MetricNaming.brief(score.metric()))
                                            .collect(Collectors.joining("/", " ", "")),
                            List.copyOf(own),
                            NumberFormat.PERCENT)));
        });
        return columns;
    }

    private static Map<String, TableColumn> ofRuns() {
        Map<String, TableColumn> columns = new LinkedHashMap<>();
        add(
                columns,
                "parameters",
                NumberFormat.TIMES,
                result -> result.parameters().timesEncoder());
        add(columns, "time", NumberFormat.DURATION, RunResult::trainSeconds);
        add(columns, "memory", NumberFormat.BYTES, RunResult::peakMemoryBytes);
        add(columns, "energy", NumberFormat.ENERGY, result -> result.energy().orElse(Double.NaN));
        return columns;
    }

    private static void add(
            Map<String, TableColumn> columns, String word, NumberFormat format, ToDoubleFunction<RunResult> value) {
        columns.put(word, TableColumn.of(new OfRun(word, value), format));
    }
}
