package dev.palette.experiment;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.task.Metric;
import dev.palette.task.Task;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import java.util.ArrayList;
import java.util.List;

/** Whether a sweep has the scores that it goes by. */
final class SweepCheck {
    private SweepCheck() {}

    /**
     * Checks what a sweep asks of the trials.
     *
     * @param where names the experiment
     * @throws PaletteException when its metric is one that nobody logs, or there are no scores to search or to stop by
     */
    static void check(String where, VariantSpace space, Sweep sweep) {
        Space.Choices first = axis -> axis.domain().quantile(0);
        Training training = space.training().at(first);
        List<Task> tasks = space.tasks().at(first);
        sweep.metric().ifPresent(metric -> requireLogged(where, metric, tasks, training));
        if (sweep.isAdaptive()) {
            requireSelection(where, sweep, training.evaluate());
        }
        if (!(sweep.stopEarly() instanceof EarlyStopping.Never)) {
            requireEarlyScores(where, training);
        }
    }

    private static void requireLogged(String where, String metric, List<Task> tasks, Training training) {
        List<String> known =
                new ArrayList<>(List.of(training.evaluate().keepBest().label()));
        for (Task task : tasks) {
            for (Metric each : task.metrics()) {
                known.add(task.name() + "." + each.label());
            }
        }
        if (!known.contains(metric)) {
            throw new PaletteException("%s: sweep: %s"
                    .formatted(
                            where, NearestWord.unknown("metric", metric, known).getMessage()));
        }
    }

    private static void requireSelection(String where, Sweep sweep, EvaluationPlan evaluate) {
        if (evaluate.selectOn() instanceof Selection.Holdout) {
            return;
        }
        String wants = sweep.strategy() instanceof Strategy.Bayes ? "bayes searches" : "stopEarly judges";
        throw new PaletteException(
                evaluate.selectOn() instanceof Selection.Dev
                        ? "%s: %s by the selection split, which is dev, the one that is reported: the reported scores would be too good; write evaluate { selectOn holdout(0.1) }"
                                .formatted(where, wants)
                        : "%s: %s by the selection split, and there is none; write evaluate { selectOn holdout(0.1) }"
                                .formatted(where, wants));
    }

    private static void requireEarlyScores(String where, Training training) {
        int every = training.evaluate().every();
        if (every == 0 || every >= training.steps()) {
            throw new PaletteException(
                    "%s: stopEarly needs scores before the end, but trials of %d steps are evaluated %s; write evaluate { every %d }"
                            .formatted(
                                    where,
                                    training.steps(),
                                    every == 0 ? "at the end alone" : "every " + every + " steps",
                                    Math.max(1, training.steps() / 10)));
        }
    }
}
