package dev.palette.table;

import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import dev.palette.statistics.ExpectedBest;
import dev.palette.table.Table.Group;
import dev.palette.table.Table.Heading;
import dev.palette.table.Table.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a random search may expect of its best variant, by how many it tries (Dodge et al. 2019). */
public final class BudgetTable {
    /** The table's name. */
    public static final String NAME = "budget";

    private BudgetTable() {}

    /**
     * The table of a search.
     *
     * @param set its runs; a variant's score is the mean over its seeds, on the selection split
     * @throws PaletteException when no finished run was scored on a selection split
     */
    public static Table of(RunSet set) {
        Map<String, List<TrialRun>> variants = set.finished().stream()
                .collect(Collectors.groupingBy(TrialRun::variant, LinkedHashMap::new, Collectors.toList()));
        double[] scores = variants.values().stream()
                .map(Lines::selectionScore)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        if (scores.length == 0) {
            throw new PaletteException(
                    "no finished run has a score on the selection split, by which searches choose; train with evaluate { selectOn holdout(0.1) }");
        }
        double seconds = set.finished().stream()
                .flatMap(run -> run.result().stream())
                .mapToDouble(result -> result.trainSeconds())
                .sum();
        List<Row> rows = budgets(scores.length).stream()
                .map(budget -> row(ExpectedBest.of(scores, budget), seconds / scores.length))
                .toList();
        List<String> averages = set.finished().stream()
                .map(run -> run.keepBest().label())
                .distinct()
                .toList();
        return new Table(
                NAME,
                "Expected best score by budget",
                List.of(
                        new Heading("variants", "variants", true),
                        new Heading("best", "expected best", true),
                        new Heading("time", "time", true)),
                List.of(new Group(ResultTable.RESULTS, rows)),
                List.of(),
                List.of(
                        "%s on the selection split × 100: mean ± standard deviation of the best of so many variants drawn at random from the %d that are finished (Dodge et al. 2019)."
                                .formatted(String.join(", ", averages), scores.length),
                        "time: of training, a variant's seeds together, one after the other."));
    }

    private static Row row(ExpectedBest best, double secondsEach) {
        Figure score = new Figure("best", best.mean(), OptionalDouble.of(best.deviation()), Optional.empty(), 0);
        return new Row(List.of(
                new Cell.Figures(List.of(Figure.of("variants", best.budget())), NumberFormat.COUNT),
                new Cell.Figures(List.of(score), NumberFormat.PERCENT),
                new Cell.Figures(List.of(Figure.of("time", best.budget() * secondsEach)), NumberFormat.DURATION)));
    }

    /** 1, 2, 5, 10, 20, 50 and so on, and all. */
    private static List<Integer> budgets(int all) {
        TreeSet<Integer> budgets = new TreeSet<>(List.of(all));
        for (int decade = 1; decade <= all; decade *= 10) {
            for (int step : List.of(1, 2, 5)) {
                if (decade * step < all) {
                    budgets.add(decade * step);
                }
            }
        }
        return new ArrayList<>(budgets);
    }
}
