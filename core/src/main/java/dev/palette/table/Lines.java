package dev.palette.table;

import dev.palette.result.MetricPoint;
import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines of a table. A line is a mean over seeds, and over nothing that it does not say: runs that differ in more than their seeds
 * and the table's rows are refused, unless the table says to average over it, or to choose.
 *
 * @param axes the rows', and behind them those whose value was chosen
 * @param list in the order in which the runs came
 */
record Lines(List<TableAxis> axes, List<Line> list) {
    private static final int SHOWN = 5;

    /**
     * The lines of some runs.
     *
     * @throws PaletteException when the runs are of several experiments, or differ in more than the table shows
     */
    static Lines of(RunSet set, Axes axes, TableSpec spec) {
        List<TableAxis> over = spec.over().stream().map(axes::named).toList();
        List<TableAxis> chosen = spec.choose().stream().map(axes::named).toList();
        List<TableAxis> rows = rows(axes, spec, over, chosen);
        requireOneExperiment(set, rows);
        int seeds = (int) set.runs().stream().map(TrialRun::seed).distinct().count();
        List<Line> lines = new ArrayList<>();
        group(set.runs(), rows).forEach((names, runs) -> lines.add(new Line(names, runs, seeds)));
        if (!chosen.isEmpty()) {
            lines.replaceAll(line -> best(line, chosen));
        }
        List<TableAxis> shown = new ArrayList<>(rows);
        shown.addAll(chosen);
        lines.forEach(line -> requireOneVariant(line, axes, shown, over));
        return new Lines(shown, List.copyOf(lines));
    }

    /** The rows that were asked for, or else all that varies; the adapter, where nothing does. */
    private static List<TableAxis> rows(Axes axes, TableSpec spec, List<TableAxis> over, List<TableAxis> chosen) {
        if (!spec.rows().isEmpty()) {
            return spec.rows().stream().map(axes::named).distinct().toList();
        }
        List<TableAxis> varying = new ArrayList<>(axes.varying());
        varying.removeAll(over);
        varying.removeAll(chosen);
        varying.removeIf(axis -> axis.path().equals(TableAxis.EXPERIMENT)); // mixed only when asked for
        return varying.isEmpty() ? List.of(axes.named(TableAxis.ADAPTER)) : varying;
    }

    static Map<List<String>, List<TrialRun>> group(Collection<TrialRun> runs, List<TableAxis> by) {
        return runs.stream()
                .collect(Collectors.groupingBy(
                        run -> by.stream().map(axis -> axis.value(run)).toList(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static void requireOneExperiment(RunSet set, List<TableAxis> rows) {
        boolean isRow = rows.stream().anyMatch(axis -> axis.path().equals(TableAxis.EXPERIMENT));
        if (set.experiments().size() > 1 && !isRow) {
            String found = set.experiments().stream()
                    .map(name -> "%s (%d)"
                            .formatted(
                                    name,
                                    set.runs().stream()
                                            .filter(run -> run.experiment().equals(name))
                                            .count()))
                    .collect(Collectors.joining(", "));
            throw new PaletteException(
                    "found runs of %d experiments: %s; name the folder of one, or let rows have experiment, as in --rows experiment,adapter"
                            .formatted(set.experiments().size(), found));
        }
    }

    private static void requireOneVariant(Line line, Axes axes, List<TableAxis> shown, List<TableAxis> over) {
        List<TableAxis> hidden = new ArrayList<>(axes.varyingAmong(line.runs()));
        hidden.removeAll(shown);
        hidden.removeAll(over);
        if (!hidden.isEmpty()) {
            TableAxis axis = hidden.get(0);
            Set<String> values = new LinkedHashSet<>();
            line.runs().forEach(run -> values.add(axis.value(run)));
            throw new PaletteException(
                    "the runs of line '%s' differ in %s: %s%s; add it to rows, average with --over %s, or show the best on the selection split with --choose %s"
                            .formatted(
                                    line.title(),
                                    hidden.stream().map(TableAxis::path).collect(Collectors.joining(" and ")),
                                    values.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                                    values.size() > SHOWN ? " and %d more".formatted(values.size() - SHOWN) : "",
                                    axis.heading(),
                                    axis.heading()));
        }
    }

    /** A line of those of its runs alone whose values of some axes do best on the selection split. */
    private static Line best(Line line, List<TableAxis> chosen) {
        double highest = Double.NEGATIVE_INFINITY;
        Line best = null;
        for (Map.Entry<List<String>, List<TrialRun>> group :
                group(line.runs(), chosen).entrySet()) {
            OptionalDouble score = selectionScore(group.getValue());
            if (best == null || score.orElse(Double.NEGATIVE_INFINITY) > highest) {
                highest = score.orElse(highest);
                List<String> names = new ArrayList<>(line.names());
                names.addAll(group.getKey());
                best = new Line(names, group.getValue(), line.asked());
            }
        }
        return best == null ? line : best;
    }

    /** The mean over seeds of what the kept checkpoints scored on the selection split; empty where nothing was logged. */
    static OptionalDouble selectionScore(Collection<TrialRun> runs) {
        return runs.stream()
                .filter(TrialRun::isFinished)
                .map(Lines::selectionScore)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
    }

    private static OptionalDouble selectionScore(TrialRun run) {
        String average = run.keepBest().label();
        double[] highest = {Double.NEGATIVE_INFINITY};
        run.files().metrics().forEach(point -> {
            if (point.part().equals(MetricPoint.SELECTION) && point.name().equals(average)) {
                highest[0] = Math.max(highest[0], point.value());
            }
        });
        return highest[0] == Double.NEGATIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(highest[0]);
    }
}
