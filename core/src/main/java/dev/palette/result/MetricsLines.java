package dev.palette.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.palette.task.Average;
import dev.palette.task.Metric;
import dev.palette.task.Scores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes points of the lines of a run's metrics, in their order; names are made once. */
final class MetricsLines {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(10).build())
            .build();
    private static final String SECONDS = "seconds";
    private static final String SECOND = "-mm";
    private static final Set<String> OF_A_STEP = Set.of("loss", "tokens", SECONDS, "joules", "drawn", "weight");
    private static final Set<String> OF_A_TASK = Set.of("loss", "drawn", "weight");

    private final Map<String, Map<String, String>> names = new HashMap<>();
    private final Map<String, Double> ofStep = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> ofEvaluation = new LinkedHashMap<>();
    private final Consumer<MetricPoint> sink;
    private double elapsed;

    /**
     * Lines from a place on.
     *
     * @param elapsed seconds of training before it
     */
    MetricsLines(double elapsed, Consumer<MetricPoint> sink) {
        this.elapsed = elapsed;
        this.sink = sink;
    }

    /** Seconds of training up to the last line. */
    double elapsed() {
        return elapsed;
    }

    /** Hands on the points of one line. */
    void line(byte[] bytes, int start, int length) throws IOException {
        ofStep.clear();
        ofEvaluation.clear();
        long step = -1;
        String task = null;
        try (JsonParser in = JSON.createParser(bytes, start, length)) {
            expect(in, in.nextToken(), JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String member = in.currentName();
                in.nextToken();
                if (member.equals("step")) {
                    step = in.getLongValue();
                } else if (member.equals("task")) {
                    task = in.getText();
                } else if (OF_A_STEP.contains(member)) {
                    ofStep.put(member, number(in));
                } else if (member.equals("selection")) {
                    evaluation(in);
                } else {
                    in.skipChildren();
                }
            }
            expect(in, in.nextToken(), null);
            if (step < 0 || ofStep.isEmpty() == ofEvaluation.isEmpty() || ofStep.isEmpty() == (task != null)) {
                throw new JsonParseException(in, "a step has a task and its loss, an evaluation has scores");
            }
        }
        hand(step, task);
    }

    private void evaluation(JsonParser in) throws IOException {
        expect(in, in.currentToken(), JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            Map<String, Double> scores = new LinkedHashMap<>();
            ofEvaluation.put(in.currentName(), scores);
            expect(in, in.nextToken(), JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String metric = in.currentName();
                in.nextToken();
                scores.put(metric, number(in));
            }
        }
    }

    private void hand(long step, @Nullable String task) {
        elapsed += ofStep.getOrDefault(SECONDS, 0.0);
        ofStep.forEach((member, value) -> {
            String name = OF_A_TASK.contains(member) ? name(String.valueOf(task), member) : member;
            sink.accept(new MetricPoint(MetricPoint.TRAIN, name, task, step, value, elapsed));
        });
        ofEvaluation.forEach((ofTask, scores) -> scores.forEach((metric, value) -> sink.accept(
                new MetricPoint(MetricPoint.SELECTION, name(ofTask, metric), ofTask, step, value, elapsed))));
        averages()
                .forEach((name, value) ->
                        sink.accept(new MetricPoint(MetricPoint.SELECTION, name, null, step, value, elapsed)));
    }

    /** Every average there is of what an evaluation found, whichever of them chose the checkpoint. */
    private Map<String, Double> averages() {
        Map<String, List<Scores>> byTask = new LinkedHashMap<>();
        ofEvaluation.forEach((name, values) -> {
            if (!values.isEmpty()) {
                Map<Metric, Double> scores = new LinkedHashMap<>();
                values.forEach((metric, value) -> scores.put(new NamedMetric(metric), value));
                byTask.computeIfAbsent(task(name), unseen -> new ArrayList<>()).add(new Scores(scores));
            }
        });
        Map<String, Double> averages = new LinkedHashMap<>();
        if (!byTask.isEmpty()) {
            for (Average formula : Average.logged()) {
                averages.put(formula.label(), formula.of(byTask));
            }
        }
        return averages;
    }

    /** The task that a column belongs to: MNLI's second column is {@code mnli-mm}. */
    private String task(String column) {
        String task = column.replaceFirst(SECOND + "$", "");
        return ofEvaluation.containsKey(task) ? task : column;
    }

    private String name(String task, String metric) {
        return names.computeIfAbsent(task, unseen -> new HashMap<>())
                .computeIfAbsent(metric, unseen -> task + "." + metric);
    }

    /** A number, also one that JSON has no digits for. */
    private static double number(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return switch (in.getText()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw new JsonParseException(in, "'%s' is no number".formatted(in.getText()));
            };
        }
        return in.getDoubleValue();
    }

    private static void expect(JsonParser in, @Nullable JsonToken found, @Nullable JsonToken expected)
            throws JsonParseException {
        if (found != expected) {
            throw new JsonParseException(in, "%s instead of %s".formatted(found, expected));
        }
    }
}
