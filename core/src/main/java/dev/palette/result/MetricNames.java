package dev.palette.result;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.task.Average;
import dev.palette.task.Evaluation;
import dev.palette.task.Task;
import dev.palette.train.Selection;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The metrics that a name in a script or on a command line may mean, and the error for one that nobody logs.
 *
 * <p>Where no run has begun, they follow from the tasks ({@link #selected}); where there are logs, from these ({@link #logged}); who has
 * read the runs already gives the names that were there. For example, for a metric to stop poor trials by:
 *
 * <pre>{@code
 * MetricNames.selected(tasks, holdout).require("cola.mathews", "sweep.groovy:12: asha: metric");
 * // sweep.groovy:12: asha: metric: unknown metric 'cola.mathews'; did you mean 'cola.matthews'? Known: average.glue, …
 * }</pre>
 *
 * @param known e.g. {@code average.glue}, {@code cola.matthews}, {@code mrpc.f1}
 */
public record MetricNames(SortedSet<String> known) {
    /** Copies the names. */
    public MetricNames {
        known = Collections.unmodifiableSortedSet(new TreeSet<>(known));
    }

    /** Some names, in any order. */
    public static MetricNames of(Collection<String> known) {
        return new MetricNames(new TreeSet<>(known));
    }

    /**
     * What evaluations of these tasks find on the way, {@code <task>.<metric>} and the averages; nothing where nothing is evaluated.
     *
     * @param selection the examples that they are evaluated on: of a holdout each task has one, of its dev sets MNLI has two
     */
    public static MetricNames selected(Collection<? extends Task> tasks, Selection selection) {
        SortedSet<String> names = new TreeSet<>();
        if (selection instanceof Selection.Nothing) {
            return new MetricNames(names);
        }
        for (Average average : Average.logged()) {
            names.add(average.label());
        }
        for (Task task : tasks) {
            List<String> columns = selection instanceof Selection.Dev
                    ? task.evaluations().stream().map(Evaluation::name).toList()
                    : List.of(task.name());
            columns.forEach(column -> task.metrics().forEach(metric -> names.add(column + "." + metric.label())));
        }
        return new MetricNames(names);
    }

    /**
     * What some runs have logged, losses and times of steps too. Reads their whole logs.
     *
     * @param runs their folders
     * @throws PaletteException when a log cannot be read
     */
    public static MetricNames logged(Collection<Path> runs) {
        SortedSet<String> names = new TreeSet<>();
        runs.forEach(run -> MetricsFile.of(run).forEach(point -> names.add(point.name())));
        return new MetricNames(names);
    }

    /**
     * Lets a known name pass.
     *
     * @param place where the name stands: a script's file and line, a setting, an option
     * @throws PaletteException for any other; names the nearest known one, and all
     */
    public String require(String name, String place) {
        if (known.contains(name)) {
            return name;
        }
        if (known.isEmpty()) {
            throw new PaletteException(
                    "%s: unknown metric '%s': no metric is logged here at all; wait for the first step of the runs, or choose the examples that are evaluated with selectOn"
                            .formatted(place, name));
        }
        throw new PaletteException(
                place + ": " + NearestWord.unknown("metric", name, known).getMessage());
    }
}
