package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.Trial;
import dev.palette.task.Average;
import dev.palette.task.Metric;
import dev.palette.task.Scores;
import dev.palette.train.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a finished run found: {@code result.json}, written last, so that its presence means finished.
 *
 * @param trial the trial's id
 * @param adapter the adapter's label
 * @param sampler the sampling method's label
 * @param seed the trial's seed
 * @param scores of the kept checkpoint, task by task
 * @param majority of the model that looks at no text, on the same splits
 * @param parameters how large the model is
 * @param bestStep the step of the kept checkpoint
 * @param selectedOn what chose that checkpoint: {@code holdout(0.1)} or {@code dev}
 * @param remarks what happened on the way that a reader of the scores should know, e.g. that memory did not suffice
 * @param trainSeconds time of training, all its parts when it was continued
 * @param peakMemoryBytes the most memory the process held
 * @param joules what its devices drew in training, whoever else used them; null where they do not tell
 */
public record RunResult(
        String trial,
        String adapter,
        String sampler,
        long seed,
        List<Score> scores,
        List<Score> majority,
        Parameters parameters,
        int bestStep,
        String selectedOn,
        List<String> remarks,
        double trainSeconds,
        long peakMemoryBytes,
        @Nullable Double joules) {

    /** A selection that chose nothing: the last weights were kept. */
    public static final String NOTHING = "nothing";

    private static final String REPORTED = "dev";

    /** Copies the lists. */
    public RunResult {
        scores = List.copyOf(scores);
        majority = List.copyOf(majority);
        remarks = List.copyOf(remarks);
    }

    /** What a run of {@code trial} found, on devices that do not tell what they draw. */
    public static RunResult of(
            Trial trial,
            List<Score> scores,
            List<Score> majority,
            Parameters parameters,
            int bestStep,
            List<String> remarks,
            double trainSeconds,
            long peakMemoryBytes) {
        return new RunResult(
                trial.id(),
                trial.adapter().label(),
                trial.sampling().label(),
                trial.seed(),
                scores,
                majority,
                parameters,
                bestStep,
                text(trial.training().evaluate().selectOn()),
                remarks,
                trainSeconds,
                peakMemoryBytes,
                null);
    }

    /** The same with what its devices drew. */
    public RunResult drawing(OptionalDouble drawn) {
        return new RunResult(
                trial,
                adapter,
                sampler,
                seed,
                scores,
                majority,
                parameters,
                bestStep,
                selectedOn,
                remarks,
                trainSeconds,
                peakMemoryBytes,
                drawn.isPresent() ? drawn.getAsDouble() : null);
    }

    /** What its devices drew in training, in joules; empty where they do not tell. */
    public OptionalDouble energy() {
        return joules == null ? OptionalDouble.empty() : OptionalDouble.of(joules);
    }

    /** One figure made of all scores, as a fraction of 1; empty when there are none. */
    public OptionalDouble average(Average formula) {
        return average(formula, scores);
    }

    /** One figure made of some scores, as a fraction of 1; empty when there are none. */
    public static OptionalDouble average(Average formula, List<Score> scores) {
        Map<String, Map<String, Map<Metric, Double>>> byTask = new LinkedHashMap<>();
        for (Score score : scores) {
            byTask.computeIfAbsent(score.task(), unseen -> new LinkedHashMap<>())
                    .computeIfAbsent(score.split(), unseen -> new LinkedHashMap<>())
                    .put(new NamedMetric(score.metric()), score.value());
        }
        Map<String, List<Scores>> scoresByTask = new LinkedHashMap<>();
        byTask.forEach((task, splits) ->
                scoresByTask.put(task, splits.values().stream().map(Scores::new).toList()));
        return scores.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(formula.of(scoresByTask));
    }

    /** Whether the checkpoint was chosen on the split that is reported, which makes the scores too good. */
    public boolean selectedOnReported() {
        return isReported(selectedOn);
    }

    /** Whether this selection is on the split that is reported. */
    public static boolean isReported(String selectedOn) {
        return selectedOn.equals(REPORTED);
    }

    /** The selection as a script writes it. */
    static String text(Selection selection) {
        if (selection instanceof Selection.Holdout holdout) {
            return "holdout(" + holdout.fraction() + ")";
        }
        return selection instanceof Selection.Dev ? REPORTED : NOTHING;
    }

    /** The same of a trial's JSON. */
    public static String selection(JsonNode trial) {
        JsonNode selection = trial.at("/training/evaluate/selectOn");
        String word = selection.path("word").asText();
        return selection.has("fraction")
                ? "%s(%s)".formatted(word, selection.path("fraction").asDouble())
                : word;
    }
}
