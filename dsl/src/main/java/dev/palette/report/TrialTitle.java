package dev.palette.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Trial;
import java.util.List;
import java.util.Locale;

/**
 * What the trials of one experiment are called: adapter, sampling method, what else varies, and the seed.
 *
 * @param axes what varies
 */
public record TrialTitle(List<ExperimentAxis> axes) {
    /** By adapter, sampling method and seed alone. */
    public static final TrialTitle PLAIN = new TrialTitle(List.of());

    /** Copies the list. */
    public TrialTitle {
        axes = List.copyOf(axes);
    }

    /** {@code PALs(204), annealed, learningRate 3.1e-05, seed 1}. */
    public String of(Trial trial) {
        JsonNode json = StrictJson.mapper().valueToTree(trial);
        StringBuilder title = new StringBuilder(
                "%s, %s".formatted(trial.adapter().label(), trial.sampling().label()));
        for (ExperimentAxis axis : axes) {
            JsonNode value = axis.in(json);
            boolean said = axis.path().startsWith("adapter") || axis.path().equals("sampling");
            if (!said && value.isValueNode()) {
                title.append(", ").append(axis.label()).append(' ').append(text(value));
            }
        }
        return title.append(", seed ").append(trial.seed()).toString();
    }

    private static String text(JsonNode value) {
        return value.isFloatingPointNumber() ? String.format(Locale.ROOT, "%.4g", value.doubleValue()) : value.asText();
    }
}
