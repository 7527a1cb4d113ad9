package dev.palette.table;

import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import dev.palette.statistics.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;

/** Two variants compared in words and a picture. */
public final class LineComparison {
    private static final int PICTURE = 60;

    private final Line baseline;
    private final Line other;
    private final List<TableAxis> differing;
    private final List<Contrast> contrasts;
    private final List<String> notes;

    private LineComparison(
            Line baseline, Line other, List<TableAxis> differing, List<Contrast> contrasts, List<String> notes) {
        this.baseline = baseline;
        this.other = other;
        this.differing = differing;
        this.contrasts = contrasts;
        this.notes = notes;
    }

    /**
     * Compares two variants.
     *
     * @param first the runs of one, its seeds
     * @param second the runs of the other, which is compared with the first
     * @param columns in which figures, by the words of {@link Columns}; empty for tasks and the average
     * @param margin points of a hundred within which they count as equally good; empty to test no equivalence
     * @throws PaletteException when either is not one variant, or nothing of it is finished; both are the same; or they were scored on
     *     different examples
     */
    public static LineComparison of(RunSet first, RunSet second, List<String> columns, OptionalDouble margin) {
        List<TrialRun> all =
                Stream.concat(first.runs().stream(), second.runs().stream()).toList();
        RunSet both = new RunSet(all, List.of(), first.names());
        SameExamples.require(both);
        Axes axes = new Axes(all, first.names());
        requireOneVariant("first", first, axes);
        requireOneVariant("second", second, axes);
        List<TableAxis> differing = axes.varying();
        if (differing.isEmpty()) {
            throw new PaletteException("both are the same variant, %s; name two that differ"
                    .formatted(first.runs().get(0).adapter()));
        }
        Line a = line(first, differing);
        Line b = line(second, differing);
        Columns known = new Columns(both);
        List<Measure> measures = (columns.isEmpty()
                        ? known.usual().stream()
                        : columns.stream().flatMap(word -> known.of(word).stream()))
                .flatMap(column -> column.measures().stream())
                .distinct()
                .toList();
        OptionalDouble share =
                margin.isPresent() ? OptionalDouble.of(margin.getAsDouble() / 100) : OptionalDouble.empty();
        List<Contrast> contrasts = new Contrasts(new Lines(differing, List.of(a, b)), measures, share).between(a, b);
        if (contrasts.isEmpty()) {
            throw new PaletteException("%s and %s have no figure in common; compare variants of the same tasks"
                    .formatted(b.title(), a.title()));
        }
        return new LineComparison(
                a, b, differing, contrasts, ComparisonTable.of(contrasts, share).notes());
    }

    private static void requireOneVariant(String which, RunSet set, Axes axes) {
        if (set.finished().isEmpty()) {
            throw new PaletteException(
                    "none of the %d runs of the %s variant is finished; palette resume brings them to their end"
                            .formatted(set.runs().size(), which));
        }
        List<TableAxis> varying = axes.varyingAmong(set.runs());
        if (!varying.isEmpty()) {
            String found = varying.stream()
                    .map(axis -> axis.heading()
                            + set.runs().stream()
                                    .map(axis::value)
                                    .distinct()
                                    .limit(5)
                                    .collect(Collectors.joining(", ", " (", ")")))
                    .collect(Collectors.joining(" and "));
            throw new PaletteException("the %s is several variants, which differ in %s; name one, as in %s"
                    .formatted(
                            which,
                            found,
                            varying.stream()
                                    .map(axis -> axis.heading() + "="
                                            + axis.value(set.runs().get(0)))
                                    .collect(Collectors.joining(","))));
        }
    }

    private static Line line(RunSet set, List<TableAxis> differing) {
        TrialRun one = set.runs().get(0);
        List<String> names = differing.stream().map(axis -> axis.value(one)).toList();
        return new Line(names, set.runs(), (int)
                set.runs().stream().map(TrialRun::seed).distinct().count());
    }

    /**
     * The words and the picture.
     *
     * @param width letters that fit beside each other
     */
    public String text(int width) {
        List<String> lines = new ArrayList<>();
        lines.add("%s against %s. They differ in %s."
                .formatted(
                        other.title(),
                        baseline.title(),
                        differing.stream().map(TableAxis::heading).collect(Collectors.joining(" and "))));
        lines.add(seeds());
        lines.add("");
        contrasts.forEach(contrast -> lines.add(sentence(contrast)));
        lines.add("");
        int names = contrasts.stream()
                .mapToInt(contrast -> contrast.measure().title().length())
                .max()
                .orElse(0);
        lines.add("%s less %s, × 100, with 95 %% intervals:".formatted(other.title(), baseline.title()));
        lines.add("");
        String words = lines.stream().map(line -> wrapped(line, width)).collect(Collectors.joining("\n", "", "\n"));
        String picture = new ForestPlot(contrasts, Math.max(20, Math.min(PICTURE, width - names - 2))).render();
        return words + picture + "\n"
                + notes.stream().map(note -> wrapped(note, width)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String wrapped(String line, int width) {
        return width == TableFormat.ANY_WIDTH ? line : WordUtils.wrap(line, width - 2, "\n  ", false);
    }

    private String seeds() {
        int finished = other.finished().size() + baseline.finished().size();
        int all = other.runs().size() + baseline.runs().size();
        String partial = finished < all ? " Partial: %d of %d runs are finished.".formatted(finished, all) : "";
        return "Seeds: %d and %d.%s".formatted(other.seeds(), baseline.seeds(), partial);
    }

    /** {@code cola mcc: 42.4 against 40.7, +1.7 [−0.3, +3.6]: not told apart (p = 0.210). So many seeds and examples could show 2.8.} */
    private String sentence(Contrast contrast) {
        double of = mean(other, contrast.measure());
        String figures = "%s: %s against %s, %s"
                .formatted(
                        contrast.measure().title(),
                        NumberFormat.PERCENT.number(of),
                        NumberFormat.PERCENT.number(mean(baseline, contrast.measure())),
                        NumberFormat.DIFFERENCE.number(contrast.effect()));
        if (contrast.comparison().isEmpty()) {
            return figures + ": " + contrast.verdict() + ".";
        }
        Comparison comparison = contrast.comparison().get();
        return "%s %s: %s (p %s%s). So many seeds and examples could show %s."
                .formatted(
                        figures,
                        NumberFormat.DIFFERENCE.text(comparison.interval()),
                        contrast.verdict(),
                        probability(contrast.p()),
                        contrast.equivalence().isPresent() ? ", p equal " + probability(contrast.equivalence()) : "",
                        NumberFormat.PERCENT.number(comparison.smallestDetectable()));
    }

    private static String probability(OptionalDouble p) {
        String text = NumberFormat.PROBABILITY.number(p.orElse(1));
        return text.startsWith("<") ? text.replace("<", "< ") : "= " + text;
    }

    private static double mean(Line line, Measure measure) {
        return LineScores.observed(line, measure).values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }
}
