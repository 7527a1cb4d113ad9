package dev.palette.report.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.StrictJson;
import dev.palette.result.TrialRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that varies over some variants, with the value of each.
 *
 * @param label what it is called: the script's name for it, else the end of its path
 * @param path its place in a trial's JSON, as in {@link ExperimentAxis}
 * @param texts the values of the variants as a person reads them; null where a variant has no such option
 * @param numbers the same as numbers, NaN where there is none; empty where some are words
 */
public record SweepAxis(String label, String path, List<@Nullable String> texts, double[] numbers) {
    /** From here on a range is drawn and searched in orders of magnitude. */
    private static final double WIDE = 20;

    /** What the first member of a trial's path must be to have a label of its own. */
    private static final String ADAPTER = "adapter";

    private static final String SAMPLING = "sampling";
    private static final String WORD = "word";

    /** Whether values are ordered numbers, not names. */
    public boolean isNumeric() {
        return numbers.length > 0;
    }

    /** Whether its numbers span orders of magnitude. */
    public boolean isLogarithmic() {
        double least = known().min().orElse(0);
        return isNumeric() && least > 0 && known().max().orElse(0) / least >= WIDE;
    }

    /** The values, each once: numbers ascending, words as they came; without the missing one. */
    public List<String> distinct() {
        if (!isNumeric()) {
            return texts.stream().filter(Objects::nonNull).distinct().toList();
        }
        return IntStream.range(0, numbers.length)
                .filter(i -> !Double.isNaN(numbers[i]))
                .boxed()
                .sorted((a, b) -> Double.compare(numbers[a], numbers[b]))
                .map(i -> Objects.requireNonNull(texts.get(i)))
                .distinct()
                .toList();
    }

    private DoubleStream known() {
        return DoubleStream.of(numbers).filter(value -> !Double.isNaN(value));
    }

    /**
     * The axis at a path.
     *
     * @param runs one of each variant
     * @param wordsAlone whether the values are told apart by their words, their options being axes themselves
     */
    static SweepAxis of(ExperimentAxis axis, List<TrialRun> runs, boolean wordsAlone) {
        List<JsonNode> values = runs.stream().map(run -> axis.in(run.trial())).toList();
        boolean numeric = values.stream().allMatch(value -> value.isNumber() || value.isMissingNode());
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(text(axis.path(), values.get(i), runs.get(i), wordsAlone));
        }
        double[] numbers = numeric
                ? values.stream()
                        .mapToDouble(value -> value.isNumber() ? value.asDouble() : Double.NaN)
                        .toArray()
                : new double[0];
        String label = axis.name() == null && axis.path().equals(SAMPLING) ? "sampler" : axis.label();
        return new SweepAxis(label, axis.path(), texts, numbers);
    }

    private static @Nullable String text(String path, JsonNode value, TrialRun run, boolean wordsAlone) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        } else if (!wordsAlone && path.equals(ADAPTER)) {
            return run.adapter();
        } else if (!wordsAlone && path.equals(SAMPLING)) {
            return run.sampler();
        } else if (value.path(WORD).isTextual() && (wordsAlone || value.size() == 1)) {
            return value.path(WORD).asText();
        }
        return value.isNumber()
                ? number(value.asText())
                : value.isTextual() ? value.asText() : StrictJson.canonical(value);
    }

    /** {@code 5e-5}, as a script has it, for Java's {@code 5.0E-5}. */
    private static String number(String text) {
        return text.replace('E', 'e').replaceFirst("\\.0(?=e|$)", "");
    }
}
