package dev.palette.export;

import dev.palette.result.MetricPoint;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.task.Average;
import java.util.ArrayList;
import java.util.List;

/** What a finished run found, as points at the step of the checkpoint that it kept. */
final class FinalPoints {
    /** The part of what is no score. */
    static final String RUN = "run";

    private static final String REPORTED = "dev";

    private FinalPoints() {}

    /** Scores of the splits that are reported, their averages, and how large the model and how long the training was. */
    static List<MetricPoint> of(RunResult result) {
        List<MetricPoint> points = new ArrayList<>();
        for (Score score : result.scores()) {
            String name = score.task() + "." + score.metric();
            points.add(point(result, score.split(), name, score.value()));
        }
        for (Average formula : Average.logged()) {
            result.average(formula).ifPresent(value -> points.add(point(result, REPORTED, formula.label(), value)));
        }
        points.add(point(result, RUN, "parameters", (double) result.parameters().total()));
        points.add(point(result, RUN, "trainSeconds", result.trainSeconds()));
        points.add(point(result, RUN, "peakMemoryBytes", (double) result.peakMemoryBytes()));
        result.energy().ifPresent(joules -> points.add(point(result, RUN, "joules", joules)));
        return points;
    }

    private static MetricPoint point(RunResult result, String part, String name, double value) {
        return new MetricPoint(part, name, null, result.bestStep(), value, result.trainSeconds());
    }
}
