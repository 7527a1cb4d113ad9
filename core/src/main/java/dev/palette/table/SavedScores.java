package dev.palette.table;

import dev.palette.result.ExampleScores;
import dev.palette.result.PredictionFile;
import dev.palette.result.Predictions;
import dev.palette.result.TrialRun;
import dev.palette.statistics.ResampledScore;
import dev.palette.statistics.WeightedMetric;
import dev.palette.table.Measure.OfTask;
import dev.palette.task.LabelMetric;
import dev.palette.task.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The scores that runs would have on other examples, from the predictions that they saved. What does not give the score of the run's
 * result, within rounding, is not used: it would be predictions of other weights, or of a metric that is computed otherwise.
 */
final class SavedScores {
    private static final double SAME = 1e-9;

    private final Map<Path, Optional<Scored>> files = new HashMap<>();

    /** What one run said of a split. */
    private sealed interface Scored {
        int examples();

        /** The metric, if it can be computed. */
        Optional<WeightedMetric> metric(String name);
    }

    private record Labelled(double[] predicted, double[] expected) implements Scored {
        @Override
        public int examples() {
            return predicted.length;
        }

        @Override
        public Optional<WeightedMetric> metric(String name) {
            return Arrays.stream(LabelMetric.values())
                    .filter(metric -> metric.label().equals(name))
                    .findFirst()
                    .map(metric -> WeightedMetric.of(metric, predicted, expected));
        }
    }

    private record Answered(ExampleScores scores) implements Scored {
        @Override
        public int examples() {
            return scores.examples();
        }

        @Override
        public Optional<WeightedMetric> metric(String name) {
            return scores.of(name).map(WeightedMetric::mean);
        }
    }

    /** The scores of a run; empty where nothing was saved that could tell. */
    Optional<ResampledScore> of(TrialRun run, OfTask measure) {
        double found = run.result().flatMap(result -> boxed(measure.of(result))).orElse(Double.NaN);
        return scored(run, measure)
                .flatMap(scored -> scored.metric(measure.metric())
                        .filter(metric -> Math.abs(metric.ofAll(scored.examples()) - found) < SAME)
                        .map(metric -> draw -> metric.of(draw.counts(measure.column(), scored.examples()))));
    }

    private Optional<Scored> scored(TrialRun run, OfTask measure) {
        Split split = measure.isMismatched() ? Split.DEV_MISMATCHED : Split.DEV;
        PredictionFile file = new PredictionFile(measure.task(), split);
        Path folder = run.files().predictions();
        return files.computeIfAbsent(folder.resolve(file.name()), unseen -> read(file, folder));
    }

    private static Optional<Scored> read(PredictionFile file, Path folder) {
        Path table = file.in(folder, PredictionFile.TABLE);
        if (Files.isRegularFile(table)) {
            Predictions predictions = Predictions.readScored(table);
            return predictions.labels().map(labels -> labelled(predictions.texts(), labels));
        }
        Path scores = file.in(folder, ExampleScores.ENDING);
        return Files.isRegularFile(scores) ? Optional.of(new Answered(ExampleScores.read(scores))) : Optional.empty();
    }

    /** Scores as they are; classes by their number, or else by their place in the alphabet. */
    private static Labelled labelled(List<String> predicted, List<String> expected) {
        List<String> both = new ArrayList<>(predicted);
        both.addAll(expected);
        List<String> classes = both.stream().distinct().sorted().toList();
        boolean numbers = classes.stream().allMatch(SavedScores::isNumber);
        return new Labelled(numbers(predicted, classes, numbers), numbers(expected, classes, numbers));
    }

    private static double[] numbers(List<String> texts, List<String> classes, boolean numbers) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            values.put(classes.get(i), numbers ? Double.parseDouble(classes.get(i)) : i);
        }
        return texts.stream()
                .mapToDouble(text -> values.getOrDefault(text, Double.NaN))
                .toArray();
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
