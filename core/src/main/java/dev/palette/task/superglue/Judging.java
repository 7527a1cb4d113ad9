package dev.palette.task.superglue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.task.LabelMetric;
import dev.palette.task.Metric;
import dev.palette.task.Scores;
import dev.palette.task.squad.AnswerMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model's judgements of candidates come to: scores, and files as SuperGLUE's server takes them. */
enum Judging {
    /** MultiRC: each candidate is right or wrong. */
    EACH_ANSWER {
        @Override
        Map<Metric, Double> measure(List<Judged> all) {
            double[] predicted = all.stream()
                    .flatMapToDouble(each -> each.candidates().mapToDouble(i -> each.right(i) ? 1 : 0))
                    .toArray();
            double[] expected = all.stream()
                    .flatMapToDouble(each -> each.candidates().mapToDouble(i -> each.expected(i) ? 1 : 0))
                    .toArray();
            Map<Metric, Double> values = new LinkedHashMap<>();
            values.put(AnswerSetMetric.F1A, LabelMetric.F1.of(predicted, expected));
            values.put(AnswerSetMetric.EXACT_MATCH, mean(AnswerSetMetric.EXACT_MATCH, all));
            return values;
        }

        @Override
        List<? extends Metric> ofQuestions() {
            return List.of(AnswerSetMetric.EXACT_MATCH);
        }

        @Override
        double of(Metric metric, Judged judged) {
            return judged.candidates().allMatch(i -> judged.right(i) == judged.expected(i)) ? 1 : 0;
        }

        @Override
        String file(List<Judged> all) {
            Map<Integer, ObjectNode> passages = new LinkedHashMap<>();
            for (Judged each : all) {
                ObjectNode passage = passages.computeIfAbsent(each.question().passage(), number -> passage(number));
                ObjectNode question = ((ArrayNode) passage.at("/passage/questions"))
                        .addObject()
                        .put("idx", each.question().number());
                ArrayNode answers = question.putArray("answers");
                each.candidates()
                        .forEach(i -> answers.addObject()
                                .put("idx", each.question().candidates().get(i).number())
                                .put("label", each.right(i) ? 1 : 0));
            }
            return lines(List.copyOf(passages.values()));
        }

        private ObjectNode passage(int number) {
            ObjectNode line = JSON.createObjectNode().put("idx", number);
            line.putObject("passage").putArray("questions");
            return line;
        }
    },

    /** ReCoRD: the candidate that is preferred most is the answer. */
    BEST_ENTITY {
        @Override
        Map<Metric, Double> measure(List<Judged> all) {
            Map<Metric, Double> values = new LinkedHashMap<>();
            ofQuestions().forEach(metric -> values.put(metric, mean(metric, all)));
            return values;
        }

        @Override
        List<? extends Metric> ofQuestions() {
            return List.of(AnswerMetric.F1, AnswerMetric.EXACT_MATCH);
        }

        @Override
        double of(Metric metric, Judged judged) {
            return ((AnswerMetric) metric).of(judged.best(), judged.question().answers());
        }

        @Override
        String file(List<Judged> all) {
            return lines(all.stream()
                    .map(each -> JSON.createObjectNode()
                            .put("idx", each.question().number())
                            .put("label", each.best()))
                    .toList());
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The official metrics, the most important first. */
    Scores scores(List<Judged> all) {
        return new Scores(measure(all));
    }

    abstract Map<Metric, Double> measure(List<Judged> all);

    /** The metrics that are means over questions. */
    abstract List<? extends Metric> ofQuestions();

    /** One of these of one question. */
    abstract double of(Metric metric, Judged judged);

    /** The answers as SuperGLUE's server takes them. */
    abstract String file(List<Judged> all);

    double mean(Metric metric, List<Judged> all) {
        return all.stream().mapToDouble(each -> of(metric, each)).average().orElseThrow();
    }

    /** The metrics of each question by itself. */
    String table(List<Judged> all) {
        StringBuilder table = new StringBuilder("id");
        ofQuestions().forEach(metric -> table.append('\t').append(metric.label()));
        for (Judged each : all) {
            table.append('\n')
                    .append(each.question().passage())
                    .append('-')
                    .append(each.question().number());
            ofQuestions().forEach(metric -> table.append('\t').append(of(metric, each)));
        }
        return table.append('\n').toString();
    }

    private static String lines(List<ObjectNode> objects) {
        StringBuilder lines = new StringBuilder();
        objects.forEach(object -> lines.append(object).append('\n'));
        return lines.toString();
    }
}
