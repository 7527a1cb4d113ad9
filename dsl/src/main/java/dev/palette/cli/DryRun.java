package dev.palette.cli;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.Strategy;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Variant;
import dev.palette.model.ParameterCounts;
import dev.palette.report.TrialTitle;
import dev.palette.result.FinishedElsewhere;
import dev.palette.result.RunDirectory;
import dev.palette.result.StoredRun;
import dev.palette.runner.RunOptions;
import dev.palette.runner.TimeEstimate;
import dev.palette.search.SweepPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run would do: the search, its trials, their parameters, how far each has come, and how long the rest will take. */
final class DryRun {
    private final PrintWriter out;

    DryRun(PrintWriter out) {
        this.out = out;
    }

    void print(Experiment experiment, RunOptions options) {
        ModelSizes sizes = new ModelSizes(options.cacheDir());
        SweepPlan plan = SweepPlan.of(experiment, sizes);
        List<Trial> known = plan.trials();
        int total = plan.points() * experiment.seeds().size();
        boolean open = experiment.sweep().strategy() instanceof Strategy.Bayes;
        int trials = open ? total : known.size();
        out.printf(
                Locale.ROOT,
                "%s: %d %s, %s%n",
                experiment.name(),
                trials,
                trials == 1 ? "trial" : "trials",
                steps(known));
        search(plan).forEach(out::println);
        TrialTitle title = new TrialTitle(experiment.axes());
        int width =
                known.stream().mapToInt(trial -> title.of(trial).length()).max().orElse(0);
        for (Trial trial : known) {
            ParameterCounts size = sizes.of(Variant.of(trial));
            trial.requireFits(sizes.whole(Variant.of(trial)));
            out.printf(
                    Locale.ROOT,
                    "  %-" + width + "s  %,13d parameters, %.4f × the encoder's  %s%n",
                    title.of(trial),
                    size.total(),
                    size.ratio(),
                    state(trial, experiment.name(), options.out()));
        }
        if (trials > known.size()) {
            out.printf("  and %d that the scores of these decide%n", trials - known.size());
        }
        plan.warning().ifPresent(out::println);
        out.println(TimeEstimate.of(experiment, known, trials, options).text());
        out.flush();
    }

    private static String steps(List<Trial> trials) {
        int fewest = trials.stream()
                .mapToInt(trial -> trial.training().steps())
                .min()
                .orElse(0);
        int most = trials.stream()
                .mapToInt(trial -> trial.training().steps())
                .max()
                .orElse(0);
        return fewest == most
                ? String.format(Locale.ROOT, "%,d steps each", most)
                : String.format(Locale.ROOT, "%,d to %,d steps each", fewest, most);
    }

    /** How the search space looks, where something varies. */
    private static List<String> search(SweepPlan plan) {
        List<ExperimentAxis> axes = plan.experiment().axes();
        if (axes.isEmpty()) {
            return List.of();
        }
        String how = plan.experiment().sweep().strategy() instanceof Strategy.Grid
                ? "all"
                : plan.points()
                        + (plan.experiment().sweep().strategy() instanceof Strategy.Bayes ? ", by TPE" : ", at random");
        String of = plan.combinations().isPresent()
                ? String.format(
                        Locale.ROOT, "%,d combinations", plan.combinations().getAsLong())
                : "endlessly many combinations";
        int seeds = plan.experiment().seeds().size();
        return List.of("search: %s of %s of %s; %d %s each"
                .formatted(
                        how,
                        of,
                        axes.stream().map(ExperimentAxis::label).distinct().collect(Collectors.joining(", ")),
                        seeds,
                        seeds == 1 ? "seed" : "seeds"));
    }

    private static String state(Trial trial, String experiment, Path out) {
        return switch (RunDirectory.of(out, experiment, trial).state()) {
            case ABSENT ->
                new FinishedElsewhere(out, experiment, trial)
                        .find()
                        .map(folder -> "finished in " + new StoredRun(folder).experiment())
                        .orElse("to run");
            case UNFINISHED -> "to go on with";
            case STOPPED_EARLY -> "stopped early";
            case FINISHED -> "finished";
        };
    }
}
