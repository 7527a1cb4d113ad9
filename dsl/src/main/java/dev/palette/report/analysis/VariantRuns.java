package dev.palette.report.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.result.TrialRun;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.hipparchus.stat.StatUtils;

/**
 * The runs of one variant: trials that differ in their seeds alone.
 *
 * @param label what tells it apart from the others, for a person
 * @param runs one or more, finished or not
 * @param indices where the runs stand among all, from 0
 */
public record VariantRuns(String label, List<TrialRun> runs, List<Integer> indices) {
    /** Copies the lists. */
    public VariantRuns {
        runs = List.copyOf(runs);
        indices = List.copyOf(indices);
    }

    /** What was asked, with the first run's seed. */
    public JsonNode trial() {
        return runs.get(0).trial();
    }

    /** The averages of the finished runs, by the formula that each chooses its checkpoint by; fractions of 1. */
    public double[] scores() {
        return runs.stream()
                .flatMap(run -> run.result().stream())
                .map(result -> result.average(runs.get(0).keepBest()))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
    }

    /** The mean of {@link #scores}; NaN where none is finished. */
    public double score() {
        return StatUtils.mean(scores());
    }

    /** The model's size as a multiple of the encoder's; NaN where no run is finished. */
    public double timesEncoder() {
        return runs.stream()
                .flatMap(run -> run.result().stream())
                .mapToDouble(result -> result.parameters().timesEncoder())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Time of training, the mean over finished runs in seconds; NaN where none is finished. */
    public double trainSeconds() {
        return mean(runs.stream().flatMap(run -> run.result().stream()).mapToDouble(result -> result.trainSeconds()));
    }

    /** Finished runs. */
    public int finished() {
        return (int) runs.stream().filter(TrialRun::isFinished).count();
    }

    /** What follows the score of a table: the average's name, e.g. {@code average.glue}. */
    public String scoreName() {
        return Objects.requireNonNull(runs.get(0).keepBest()).label();
    }

    private static double mean(DoubleStream values) {
        return values.average().orElse(Double.NaN);
    }
}
