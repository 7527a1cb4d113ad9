package dev.palette.cli;

import static java.util.Objects.requireNonNull;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.report.TrialProgress;
import dev.palette.result.Parameters;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunState;
import dev.palette.runner.RunOptions;
import dev.palette.session.Backend;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run would do: its trials, their parameters, and how far each has come. */
final class DryRun {
    private final Backend backend;
    private final PrintWriter out;

    DryRun(Backend backend, PrintWriter out) {
        this.backend = backend;
        this.out = out;
    }

    void print(Experiment experiment, RunOptions options) {
        List<Trial> trials = experiment.trials();
        out.printf(
                Locale.ROOT,
                "%s: %d %s, %,d steps each%n",
                experiment.name(),
                trials.size(),
                trials.size() == 1 ? "trial" : "trials",
                experiment.training().steps());
        Map<Adapter, Parameters> sizes = backend.parameters(experiment, options);
        int width = trials.stream()
                .mapToInt(trial -> TrialProgress.title(trial).length())
                .max()
                .orElse(0);
        for (Trial trial : trials) {
            Parameters parameters = requireNonNull(sizes.get(trial.adapter()));
            RunState state =
                    RunDirectory.of(options.out(), experiment.name(), trial).state();
            out.printf(
                    Locale.ROOT,
                    "  %-" + width + "s  %,13d parameters, %.4f × the encoder's  %s%n",
                    TrialProgress.title(trial),
                    parameters.total(),
                    parameters.timesEncoder(),
                    wording(state));
        }
        out.flush();
    }

    private static String wording(RunState state) {
        return switch (state) {
            case ABSENT -> "to run";
            case UNFINISHED -> "to go on with";
            case FINISHED -> "finished";
        };
    }
}
