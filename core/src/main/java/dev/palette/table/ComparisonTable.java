package dev.palette.table;

import dev.palette.statistics.Comparison;
import dev.palette.statistics.MultiBootstrap;
import dev.palette.table.Table.Group;
import dev.palette.table.Table.Heading;
import dev.palette.table.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Contrasts as a table, the effect and its interval first. */
final class ComparisonTable {
    static final String NAME = "comparisons";

    private ComparisonTable() {}

    static Table of(List<Contrast> contrasts, OptionalDouble margin) {
        List<Heading> headings = new ArrayList<>(List.of(
                new Heading("line", "line", false),
                new Heading("against", "against", false),
                new Heading("figure", "figure", false),
                new Heading("difference", "difference [95 %]", true),
                new Heading("p", "p", true)));
        if (margin.isPresent()) {
            headings.add(new Heading("equivalence", "p equal", true));
        }
        headings.add(new Heading("detectable", "could show", true));
        headings.add(new Heading("seeds", "seeds", true));
        headings.add(new Heading("verdict", "verdict", true));
        return new Table(
                NAME,
                "Differences, × 100",
                headings,
                List.of(new Group(
                        ResultTable.RESULTS,
                        contrasts.stream()
                                .map(contrast -> row(contrast, margin))
                                .toList())),
                List.of(),
                notes(contrasts, margin));
    }

    private static Row row(Contrast contrast, OptionalDouble margin) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(contrast.other().title()),
                Cell.of(contrast.baseline().title()),
                Cell.of(contrast.measure().title()),
                difference(contrast),
                probability("p", contrast.p())));
        if (margin.isPresent()) {
            cells.add(probability("equivalence", contrast.equivalence()));
        }
        cells.add(contrast.comparison()
                .<Cell>map(comparison -> new Cell.Figures(
                        List.of(Figure.of("detectable", comparison.smallestDetectable())), NumberFormat.PERCENT))
                .orElse(Cell.NONE));
        cells.add(contrast.comparison()
                .<Cell>map(comparison ->
                        new Cell.Figures(List.of(Figure.of("seeds", comparison.seeds())), NumberFormat.COUNT))
                .orElse(Cell.NONE));
        cells.add(Cell.of(contrast.verdict()));
        return new Row(cells);
    }

    private static Cell difference(Contrast contrast) {
        Figure figure = contrast.comparison()
                .map(comparison ->
                        Figure.of("difference", contrast.effect(), comparison.interval(), comparison.seeds()))
                .orElseGet(() -> Figure.of("difference", contrast.effect()));
        return new Cell.Figures(List.of(figure), NumberFormat.DIFFERENCE);
    }

    private static Cell probability(String key, OptionalDouble p) {
        return p.isPresent()
                ? new Cell.Figures(List.of(Figure.of(key, p.getAsDouble())), NumberFormat.PROBABILITY)
                : Cell.NONE;
    }

    private static List<String> notes(List<Contrast> contrasts, OptionalDouble margin) {
        List<Comparison> made = contrasts.stream()
                .flatMap(contrast -> contrast.comparison().stream())
                .toList();
        List<String> notes = new ArrayList<>();
        if (made.stream().anyMatch(Comparison::overExamples)) {
            notes.add(
                    "difference [95 %%]: multi-bootstrap over seeds and examples, %,d replicates (Sellam et al. 2022); %s."
                            .formatted(MultiBootstrap.REPLICATES, pairing(made)));
        }
        if (made.stream().anyMatch(comparison -> !comparison.overExamples())) {
            notes.add(
                    "%s over seeds alone, by Student's t: not every run has predictions with labels from which its score follows (palette predict makes them)."
                            .formatted(
                                    made.stream().noneMatch(Comparison::overExamples)
                                            ? "difference [95 %]:"
                                            : "Where predictions are missing,"));
        }
        if (!made.isEmpty()) {
            notes.add("p: of no difference, corrected by Holm for the %d comparisons above.".formatted(made.size()));
        }
        margin.ifPresent(points -> notes.add(String.format(
                Locale.ROOT,
                "p equal: of a difference of ±%.1f or more, by two one-sided tests, corrected likewise.",
                100 * points)));
        if (!made.isEmpty()) {
            notes.add(
                    "could show: the smallest difference that so many seeds and examples would find four times in five, uncorrected.");
        }
        if (made.stream().anyMatch(comparison -> !comparison.hasSeeds())) {
            notes.add(
                    "Below %d seeds no difference is claimed, and intervals are too narrow: by the seeds alone nothing that they could show would be unlikely enough."
                            .formatted(Comparison.FEWEST_SEEDS));
        }
        return notes;
    }

    private static String pairing(List<Comparison> made) {
        boolean some = made.stream().anyMatch(Comparison::paired);
        boolean all = made.stream().allMatch(Comparison::paired);
        return all ? "seeds paired" : some ? "seeds paired where both lines have them" : "seeds drawn for each line";
    }
}
