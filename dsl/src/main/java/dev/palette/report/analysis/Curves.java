package dev.palette.report.analysis;

import dev.palette.report.analysis.Curve.OfSeed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Learning curves of some variants, downsampled to what a page can hold. The numbers of all curves together are bounded: with more runs
 * curves have fewer points, and where that would leave too few, only the variants that score best have curves.
 *
 * @param metrics their names; averages first, then the tasks' scores and losses
 * @param grids the steps of each metric's curves
 * @param list the curves, by variant and metric
 * @param variants how many variants have curves
 */
public record Curves(List<String> metrics, List<StepGrid> grids, List<Curve> list, int variants) {
    /** Numbers in all curves, about 3 MB as JSON: a browser reads them in a fraction of a second. */
    static final int MOST_NUMBERS = 400_000;

    private static final int MOST_POINTS = 120;
    private static final int FEWEST_POINTS = 24;
    private static final int LINES_OF_BAND = 3;
    private static final String AVERAGE = "average.";
    private static final String LOSS = ".loss";

    /**
     * Downsamples what runs have logged.
     *
     * @param logs of all runs, in the order that the variants' indices mean
     */
    public static Curves of(Variants variants, List<RunMetrics> logs) {
        List<String> metrics = metrics(logs);
        long lines = variants.list().stream().mapToLong(Curves::lines).sum() * metrics.size();
        int points = (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, MOST_NUMBERS / Math.max(1, lines)));
        List<Integer> drawn = best(variants, (long) points * metrics.size());
        List<StepGrid> grids =
                metrics.stream().map(metric -> grid(metric, logs, points)).toList();
        List<Curve> list = drawn.parallelStream()
                .flatMap(variant -> curves(variant, variants.list().get(variant), metrics, grids, logs).stream())
                .toList();
        return new Curves(metrics, grids, list, drawn.size());
    }

    private static List<String> metrics(List<RunMetrics> logs) {
        TreeSet<String> names =
                new TreeSet<>(Comparator.<String>comparingInt(Curves::rank).thenComparing(Comparator.naturalOrder()));
        logs.forEach(log -> names.addAll(log.series().keySet()));
        return List.copyOf(names);
    }

    private static int rank(String metric) {
        if (metric.startsWith(AVERAGE)) {
            return 0;
        }
        return metric.endsWith(LOSS) ? 2 : 1;
    }

    private static int lines(VariantRuns variant) {
        int seeds = variant.runs().size();
        return seeds > 1 ? seeds + LINES_OF_BAND : LINES_OF_BAND - 1;
    }

    /** The best variants whose curves there is room for, those without a score last; in the variants' order. */
    private static List<Integer> best(Variants variants, long numbersOfLine) {
        List<Integer> byScore = IntStream.range(0, variants.list().size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> {
                    double score = variants.list().get(i).score();
                    return Double.isNaN(score) ? Double.POSITIVE_INFINITY : -score;
                }))
                .toList();
        List<Integer> drawn = new ArrayList<>();
        long numbers = 0;
        for (int variant : byScore) {
            numbers += lines(variants.list().get(variant)) * numbersOfLine;
            if (numbers > MOST_NUMBERS && !drawn.isEmpty()) {
                break;
            }
            drawn.add(variant);
        }
        return drawn.stream().sorted().toList();
    }

    private static StepGrid grid(String metric, Collection<RunMetrics> logs, int points) {
        return StepGrid.of(
                logs.stream()
                        .map(log -> log.series().get(metric))
                        .filter(Objects::nonNull)
                        .toList(),
                points);
    }

    private static List<Curve> curves(
            int variant, VariantRuns runs, List<String> metrics, List<StepGrid> grids, List<RunMetrics> logs) {
        List<Curve> curves = new ArrayList<>();
        for (int metric = 0; metric < metrics.size(); metric++) {
            Map<Long, double[]> bySeed = new LinkedHashMap<>();
            for (int i = 0; i < runs.runs().size(); i++) {
                Series series = logs.get(runs.indices().get(i)).series().get(metrics.get(metric));
                if (series != null) {
                    bySeed.put(runs.runs().get(i).seed(), grids.get(metric).means(series));
                }
            }
            if (!bySeed.isEmpty()) {
                List<OfSeed> seeds = new ArrayList<>();
                bySeed.forEach((seed, values) -> seeds.add(new OfSeed(seed, values)));
                curves.add(Curve.of(variant, metric, seeds));
            }
        }
        return curves;
    }
}
