package dev.palette.runner;

import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile;
import dev.palette.result.RunResult;
import java.nio.file.Path;

/** The score of a finished run on the split that its checkpoint was chosen on; never on the one that is reported. */
final class SelectionScore {
    private SelectionScore() {}

    /**
     * The score of the checkpoint that a run keeps; not a number where it logged none.
     *
     * @param run the run's folder
     */
    static double of(Path run, RunResult result, String metric) {
        double[] score = {Double.NaN};
        MetricsFile.of(run).forEach(point -> {
            if (point.part().equals(MetricPoint.SELECTION)
                    && point.step() == result.bestStep()
                    && point.name().equals(metric)) {
                score[0] = point.value();
            }
        });
        return score[0];
    }
}
