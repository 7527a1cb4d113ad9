package dev.palette.table;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.result.TrialRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something by which runs are told apart.
 *
 * @param path where it stands in a trial's JSON, e.g. {@code training.optimizer.learningRate}; or {@code experiment}
 * @param heading what tables call it
 */
record TableAxis(String path, String heading) {
    static final String EXPERIMENT = "experiment";
    static final String ADAPTER = "adapter";
    static final String SAMPLING = "sampling";
    private static final int GIT_SHOWS = 7;

    /** What the runs' own words call a path: the last member of it, but {@code sampler} as scripts say. */
    static TableAxis of(String path) {
        return new TableAxis(path, path.equals(SAMPLING) ? "sampler" : path.substring(path.lastIndexOf('.') + 1));
    }

    /** The value that a run has, as tables show it. */
    String value(TrialRun run) {
        return switch (path) {
            case EXPERIMENT -> run.experiment();
            case ADAPTER -> run.adapter();
            case SAMPLING -> run.sampler();
            default ->
                text(run.trial()
                        .at(JsonPointer.compile(
                                "/" + path.replaceAll("[.\\[]", "/").replace("]", ""))));
        };
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "–";
        }
        if (value.isFloatingPointNumber()) {
            return number(value.doubleValue());
        }
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(text(part)));
            return String.join(", ", parts);
        }
        return value.isObject() ? object(value) : value.asText();
    }

    /** As scripts write it: {@code 2e-5}, {@code 0.1}. */
    private static String number(double value) {
        return Double.toString(value)
                .toLowerCase(Locale.ROOT)
                .replace(".0e", "e")
                .replaceFirst("\\.0$", "");
    }

    /** A description: its name, or its word with its options. */
    private static String object(JsonNode value) {
        if (value.has("name")) {
            return value.get("name").asText();
        }
        if (value.path("word").asText().equals("hub")) { // a commit is 40 digits; git shows as many
            String commit = value.path("revision").asText();
            return value.path("model").asText() + "@" + commit.substring(0, Math.min(GIT_SHOWS, commit.length()));
        }
        List<String> options = new ArrayList<>();
        value.fields().forEachRemaining(member -> {
            if (!member.getKey().equals("word")) {
                options.add(member.getKey() + " " + text(member.getValue()));
            }
        });
        return value.path("word").asText() + (options.isEmpty() ? "" : "(" + String.join(", ", options) + ")");
    }
}
