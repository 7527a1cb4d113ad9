package dev.palette.report.watch;

import dev.palette.experiment.ExperimentAxis;
import dev.palette.report.analysis.FollowedRuns.Look;
import dev.palette.report.analysis.RunMetrics;
import dev.palette.report.analysis.Series;
import dev.palette.report.analysis.TaskUse;
import dev.palette.report.analysis.VariantRuns;
import dev.palette.report.analysis.Variants;
import dev.palette.result.ExperimentFile;
import dev.palette.result.TrialRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/** Runs at one moment as lines for a terminal: how many are done, how those at work stand, which variants are best so far. */
public final class WatchText {
    private static final int MOST_RUNNING = 12;
    private static final int MOST_BEST = 10;
    private static final int BAR = 16;
    private static final int SPARKS = 12;
    private static final String LOSS = ".loss";

    private final Look look;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private WatchText(Look look, int width) {
        this.look = look;
        this.width = width;
    }

    /**
     * The lines, without control characters, whatever runs are called.
     *
     * @param width letters that fit beside each other
     */
    public static List<String> of(Look look, int width) {
        List<ExperimentAxis> named = look.experiments().values().stream()
                .map(ExperimentFile::axes)
                .flatMap(List::stream)
                .toList();
        WatchText text = new WatchText(look, width);
        text.add(Variants.of(look.runs(), named));
        return List.copyOf(text.lines);
    }

    private void add(Variants variants) {
        List<Integer> running = IntStream.range(0, look.runs().size())
                .filter(i -> !look.runs().get(i).isFinished()
                        && look.runs().get(i).files().isRunning())
                .boxed()
                .toList();
        long finished = look.runs().stream().filter(TrialRun::isFinished).count();
        long experiments =
                look.runs().stream().map(TrialRun::experiment).distinct().count();
        line("%s: %d of %d runs finished, %d running"
                .formatted(
                        experiments == 1 ? look.runs().get(0).experiment() : experiments + " experiments",
                        finished,
                        look.runs().size(),
                        running.size()));
        running.stream().limit(MOST_RUNNING).forEach(i -> addRunning(i, variants));
        if (running.size() > MOST_RUNNING) {
            line("  and %d more".formatted(running.size() - MOST_RUNNING));
        }
        addBest(variants);
        look.problems().forEach(this::line);
    }

    private void addRunning(int index, Variants variants) {
        TrialRun run = look.runs().get(index);
        RunMetrics log = look.metrics().get(index);
        long steps = Math.max(1, run.trial().at("/training/steps").asLong());
        int full = (int) (BAR * Math.min(steps, log.step()) / steps);
        String label = variants.list().stream()
                .filter(variant -> variant.indices().contains(index))
                .map(VariantRuns::label)
                .findFirst()
                .orElse(run.files().id());
        line("  %s%s %d/%d  %s%s%s  %s, seed %d"
                .formatted(
                        "█".repeat(full),
                        "░".repeat(BAR - full),
                        log.step(),
                        steps,
                        loss(log),
                        score(run, log),
                        left(log, steps),
                        label,
                        run.seed()));
    }

    /** The loss of the last step, whichever task's batch it took. */
    private static String loss(RunMetrics log) {
        return log.series().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(LOSS))
                .map(Map.Entry::getValue)
                .max(Comparator.comparingLong(series -> series.step(series.size() - 1)))
                .map(series -> String.format(Locale.ROOT, "loss %.3f", series.value(series.size() - 1)))
                .orElse("loading");
    }

    private static String score(TrialRun run, RunMetrics log) {
        String name = run.keepBest().label();
        @Nullable Series series = log.series().get(name);
        if (series == null) {
            return "";
        }
        double[] values =
                IntStream.range(0, series.size()).mapToDouble(series::value).toArray();
        return String.format(
                Locale.ROOT, "  %s %.1f %s", name, 100 * values[values.length - 1], Sparkline.of(values, SPARKS));
    }

    private static String left(RunMetrics log, long steps) {
        TaskUse use = log.total();
        if (use.steps() == 0) {
            return "";
        }
        Duration left = Duration.ofSeconds(Math.round((steps - log.step()) * use.seconds() / use.steps()));
        return "  %d:%02d:%02d left".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }

    private void addBest(Variants variants) {
        List<VariantRuns> best = variants.list().stream()
                .filter(variant -> !Double.isNaN(variant.score()))
                .sorted(Comparator.comparingDouble(variant -> -variant.score()))
                .limit(MOST_BEST)
                .toList();
        if (!best.isEmpty()) {
            line("best so far, %s × 100:".formatted(best.get(0).scoreName()));
        }
        for (VariantRuns variant : best) {
            double[] scores = variant.scores();
            String deviation = scores.length > 1
                    ? String.format(Locale.ROOT, "±%.1f", 100 * Math.sqrt(StatUtils.variance(scores)))
                    : "";
            line(String.format(
                    Locale.ROOT,
                    "  %5.1f%-5s %d/%d  %s",
                    100 * StatUtils.mean(scores),
                    deviation,
                    scores.length,
                    variant.runs().size(),
                    variant.label()));
        }
    }

    private void line(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        lines.add(printable.length() <= width ? printable : printable.substring(0, width - 1) + "…");
    }
}
