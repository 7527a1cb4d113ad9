package dev.palette.report.page;

import dev.palette.experiment.StrictJson;
import dev.palette.report.analysis.Curve;
import dev.palette.report.analysis.Curves;
import dev.palette.report.analysis.Importance;
import dev.palette.report.analysis.MachineUse;
import dev.palette.report.analysis.Report;
import dev.palette.report.analysis.SamplerDraws;
import dev.palette.report.analysis.StepGrid;
import dev.palette.report.analysis.SweepAxis;
import dev.palette.report.analysis.TaskErrors;
import dev.palette.report.analysis.VariantRuns;
import dev.palette.result.Build;
import dev.palette.result.ExperimentFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the page is told: the {@link Report} in plain lists, numbers and texts. Variants are named by their index; curves and draws name
 * metrics and tasks by theirs.
 */
record PageData(
        String title,
        String made,
        String palette,
        String scoreName,
        List<String> remarks,
        List<Axis> axes,
        List<Variant> variants,
        List<RunLine> runs,
        List<PageTable> tables,
        Lines curves,
        List<Draws> draws,
        List<Integer> pareto,
        Importance importance,
        List<Errors> errors,
        List<MachineUse> machines,
        List<String> origins,
        List<Script> scripts) {

    /** Letters of trials' JSON in all: more would make the page slow. */
    private static final int MOST_ASKED = 1 << 19;

    record Axis(String label, String path, boolean numeric, boolean logarithmic, List<@Nullable Object> values) {}

    record Variant(
            String label,
            double score,
            double deviation,
            int finished,
            int runs,
            double parameters,
            double seconds,
            @Nullable String asked) {}

    record Lines(List<String> metrics, List<long[]> grids, List<Curve> list, int variants) {}

    record Draws(String sampler, List<String> tasks, long[] steps, List<int[]> counts, int runs) {}

    record Errors(
            int variant,
            String split,
            int seeds,
            int examples,
            TaskErrors.@Nullable Confusion confusion,
            List<Mistake> worst) {}

    record Mistake(
            int index,
            String label,
            String predicted,
            int wrong,
            double size,
            @Nullable String text) {}

    record Script(String experiment, String file, String source) {}

    /**
     * The page's data.
     *
     * @param tables made of the same runs
     */
    static PageData of(Report report, List<PageTable> tables) {
        Build build = Build.running();
        Origins origins = new Origins();
        List<RunLine> runs = runs(report, origins);
        return new PageData(
                report.title(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "%s, commit %s".formatted(build.version(), build.commit()),
                report.variants().list().stream()
                        .map(VariantRuns::scoreName)
                        .distinct()
                        .findFirst()
                        .orElse("score"),
                report.remarks(),
                report.variants().axes().stream().map(PageData::axis).toList(),
                variants(report),
                runs,
                tables,
                lines(report.curves()),
                report.draws().stream().map(PageData::draws).toList(),
                report.pareto(),
                report.importance(),
                report.errors().stream().map(PageData::errors).toList(),
                report.machines(),
                origins.texts(),
                report.look().experiments().entrySet().stream()
                        .map(experiment -> script(experiment.getKey(), experiment.getValue()))
                        .toList());
    }

    private static Axis axis(SweepAxis axis) {
        List<@Nullable Object> values = new ArrayList<>(axis.texts());
        if (axis.isNumeric()) {
            IntStream.range(0, values.size())
                    .filter(i -> values.get(i) != null)
                    .forEach(i -> values.set(i, axis.numbers()[i]));
        }
        return new Axis(axis.label(), axis.path(), axis.isNumeric(), axis.isLogarithmic(), values);
    }

    private static List<Variant> variants(Report report) {
        List<Variant> variants = new ArrayList<>();
        int letters = 0;
        for (VariantRuns runs : report.variants().list()) {
            double[] scores = runs.scores();
            String asked = StrictJson.canonical(runs.trial());
            letters += asked.length();
            variants.add(new Variant(
                    runs.label(),
                    StatUtils.mean(scores),
                    scores.length > 1 ? Math.sqrt(StatUtils.variance(scores)) : Double.NaN,
                    runs.finished(),
                    runs.runs().size(),
                    runs.timesEncoder(),
                    runs.trainSeconds(),
                    letters > MOST_ASKED ? null : asked));
        }
        return variants;
    }

    private static List<RunLine> runs(Report report, Origins origins) {
        List<RunLine> lines = new ArrayList<>();
        int[] variantOf = new int[report.look().runs().size()];
        List<VariantRuns> variants = report.variants().list();
        IntStream.range(0, variants.size())
                .forEach(variant -> variants.get(variant).indices().forEach(run -> variantOf[run] = variant));
        for (int i = 0; i < variantOf.length; i++) {
            var run = report.look().runs().get(i);
            lines.add(RunLine.of(run, report.look().metrics().get(i), variantOf[i], origins.number(run.provenance())));
        }
        return lines;
    }

    private static Lines lines(Curves curves) {
        return new Lines(
                curves.metrics(),
                curves.grids().stream().map(StepGrid::ends).toList(),
                curves.list(),
                curves.variants());
    }

    private static Draws draws(SamplerDraws draws) {
        return new Draws(draws.sampler(), draws.tasks(), draws.grid().ends(), draws.counts(), draws.runs());
    }

    private static Errors errors(TaskErrors errors) {
        return new Errors(
                errors.variant(),
                errors.split(),
                errors.seeds(),
                errors.examples(),
                errors.confusion().orElse(null),
                errors.worst().stream()
                        .map(mistake -> new Mistake(
                                mistake.index(),
                                mistake.label(),
                                mistake.predicted(),
                                mistake.wrong(),
                                mistake.size(),
                                mistake.text().orElse(null)))
                        .toList());
    }

    private static Script script(String experiment, ExperimentFile file) {
        return new Script(experiment, file.script(), file.source());
    }
}
