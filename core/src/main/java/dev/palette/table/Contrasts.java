package dev.palette.table;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.statistics.Comparison;
import dev.palette.statistics.ExampleResampling;
import dev.palette.statistics.Holm;
import dev.palette.statistics.MultiBootstrap;
import dev.palette.statistics.ResampledScore;
import dev.palette.statistics.SeedTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares the lines of a table with their baselines, in every score that the table shows, and corrects for all of it. */
final class Contrasts {
    private final Lines lines;
    private final List<Measure> measures;
    private final OptionalDouble margin;
    private final SavedScores saved = new SavedScores();

    /**
     * @param measures what is compared; others than scores are left out
     */
    Contrasts(Lines lines, List<Measure> measures, OptionalDouble margin) {
        this.lines = lines;
        this.measures = measures.stream().filter(Measure::isScore).toList();
        this.margin = margin;
    }

    /** Two lines, the first of them the baseline. */
    private record Pair(Line baseline, Line other) {}

    /**
     * All contrasts, line after line, corrected by Holm.
     *
     * @throws PaletteException when the baseline is no line of the table
     */
    List<Contrast> against(Baseline baseline, Axes axes) {
        return of(pairs(baseline, axes));
    }

    /** Two lines alone. */
    List<Contrast> between(Line baseline, Line other) {
        return of(List.of(new Pair(baseline, other)));
    }

    private List<Contrast> of(List<Pair> pairs) {
        Map<Pair, List<Contrast>> found = new LinkedHashMap<>();
        pairs.forEach(pair -> found.put(pair, new ArrayList<>()));
        for (Measure measure : measures) {
            compare(pairs, measure)
                    .forEach((pair, contrast) ->
                            found.getOrDefault(pair, new ArrayList<>()).add(contrast));
        }
        return corrected(found.values().stream().flatMap(List::stream).toList());
    }

    private List<Pair> pairs(Baseline baseline, Axes axes) {
        List<Pair> pairs = new ArrayList<>();
        if (baseline instanceof Baseline.AllPairs) {
            for (int i = 0; i < lines.list().size(); i++) {
                for (int j = i + 1; j < lines.list().size(); j++) {
                    pairs.add(new Pair(lines.list().get(i), lines.list().get(j)));
                }
            }
        } else if (baseline instanceof Baseline.Value value) {
            TableAxis axis = axes.named(value.axis());
            int column = column(axis);
            Set<String> values = new LinkedHashSet<>();
            lines.list().forEach(line -> values.add(line.names().get(column)));
            if (!values.contains(value.value())) {
                throw NearestWord.unknown("value of " + axis.heading(), value.value(), values);
            }
            for (Line line : lines.list()) {
                withValue(line, column, value.value()).ifPresent(baselineOf -> pairs.add(new Pair(baselineOf, line)));
            }
        }
        return pairs;
    }

    private int column(TableAxis axis) {
        int column = lines.axes().indexOf(axis);
        if (column < 0) {
            throw new PaletteException(
                    "the baseline is a value of %s, which is none of the table's rows: %s; add it to rows"
                            .formatted(
                                    axis.heading(),
                                    String.join(
                                            ", ",
                                            lines.axes().stream()
                                                    .map(TableAxis::heading)
                                                    .toList())));
        }
        return column;
    }

    /** The line that is as this one but for one value; nothing for that line itself. */
    private Optional<Line> withValue(Line line, int column, String value) {
        List<String> names = new ArrayList<>(line.names());
        names.set(column, value);
        return lines.list().stream()
                .filter(other -> !other.equals(line) && other.names().equals(names))
                .findFirst();
    }

    private Map<Pair, Contrast> compare(List<Pair> pairs, Measure measure) {
        Map<Line, LineScores> scores = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            for (Line line : List.of(pair.baseline(), pair.other())) {
                scores.computeIfAbsent(line, unseen -> LineScores.of(line, measure, saved));
            }
        }
        Map<Line, Map<Long, double[]>> draws = draws(scores);
        Map<Pair, Contrast> contrasts = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            LineScores first = scores.getOrDefault(pair.baseline(), LineScores.of(pair.baseline(), measure, saved));
            LineScores second = scores.getOrDefault(pair.other(), LineScores.of(pair.other(), measure, saved));
            if (!first.observed().isEmpty() && !second.observed().isEmpty()) {
                contrasts.put(pair, contrast(pair, measure, first, second, draws));
            }
        }
        return contrasts;
    }

    /** Each line's scores on the drawn examples, by seed; all lines on the same draws. */
    private static Map<Line, Map<Long, double[]>> draws(Map<Line, LineScores> scores) {
        List<ResampledScore> all = new ArrayList<>();
        scores.values().forEach(line -> all.addAll(line.draws()));
        double[][] drawn = all.isEmpty() ? new double[0][] : new ExampleResampling(MultiBootstrap.REPLICATES).of(all);
        Map<Line, Map<Long, double[]>> draws = new LinkedHashMap<>();
        int next = 0;
        for (Map.Entry<Line, LineScores> line : scores.entrySet()) {
            Map<Long, double[]> bySeed = new LinkedHashMap<>();
            if (line.getValue().resampled().isPresent()) {
                for (long seed : line.getValue().observed().keySet()) {
                    bySeed.put(seed, drawn[next++]);
                }
            }
            draws.put(line.getKey(), bySeed);
        }
        return draws;
    }

    private Contrast contrast(
            Pair pair, Measure measure, LineScores first, LineScores second, Map<Line, Map<Long, double[]>> draws) {
        SortedSet<Long> common = new TreeSet<>(first.observed().keySet());
        common.retainAll(second.observed().keySet());
        boolean paired = common.size()
                        == Math.min(first.observed().size(), second.observed().size())
                || common.size() > 1;
        LineScores a = paired ? first.only(common) : first;
        LineScores b = paired ? second.only(common) : second;
        boolean drawn = a.resampled().isPresent() && b.resampled().isPresent();
        Optional<Comparison> comparison = drawn
                ? Optional.of(MultiBootstrap.compare(
                        line(pair.baseline(), a, draws), line(pair.other(), b, draws), paired, margin))
                : SeedTest.compare(a.values(), b.values(), paired, margin);
        return new Contrast(
                pair.baseline(),
                pair.other(),
                measure,
                b.mean() - a.mean(),
                comparison,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static MultiBootstrap.Line line(Line line, LineScores scores, Map<Line, Map<Long, double[]>> draws) {
        Map<Long, double[]> bySeed = draws.getOrDefault(line, Map.of());
        return new MultiBootstrap.Line(
                scores.values(),
                scores.observed().keySet().stream()
                        .map(seed -> bySeed.getOrDefault(seed, new double[0]))
                        .toArray(double[][]::new));
    }

    private static List<Contrast> corrected(List<Contrast> contrasts) {
        List<Comparison> made = contrasts.stream()
                .flatMap(contrast -> contrast.comparison().stream())
                .toList();
        double[] p = Holm.adjust(made.stream().mapToDouble(Comparison::p).toArray());
        double[] equivalence = Holm.adjust(made.stream()
                .flatMapToDouble(comparison -> comparison.equivalence().stream())
                .toArray());
        List<Contrast> corrected = new ArrayList<>();
        int next = 0;
        for (Contrast contrast : contrasts) {
            if (contrast.comparison().isEmpty()) {
                corrected.add(contrast);
            } else {
                OptionalDouble equal =
                        equivalence.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(equivalence[next]);
                corrected.add(contrast.corrected(OptionalDouble.of(p[next]), equal));
                next++;
            }
        }
        return corrected;
    }
}
