package dev.palette.task;

import static dev.palette.task.LabelMetric.ACCURACY;
import static dev.palette.task.LabelMetric.F1;
import static dev.palette.task.LabelMetric.MATTHEWS;
import static dev.palette.task.LabelMetric.PEARSON;
import static dev.palette.task.LabelMetric.SPEARMAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.statistics.WeightedMetric;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelMetricTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final Target SCORE = new Target.Regression(0, 1);

    static Stream<JsonNode> classifications() throws IOException {
        return golden("classification");
    }

    static Stream<JsonNode> regressions() throws IOException {
        return golden("regression");
    }

    @ParameterizedTest
    @MethodSource("classifications")
    void classificationMetricsAreScikitLearns(JsonNode c) {
        double[] predicted = doubles(c.get("preds"));
        double[] expected = doubles(c.get("labels"));
        assertThat(ACCURACY.of(predicted, expected)).isCloseTo(c.get("accuracy").asDouble(), ROUNDING);
        assertThat(F1.of(predicted, expected)).isCloseTo(c.get("f1_positive").asDouble(), ROUNDING);
        assertThat(MATTHEWS.of(predicted, expected)).isCloseTo(c.get("matthews").asDouble(), ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void correlationsAreSciPys(JsonNode c) {
        double[] logits = doubles(c.get("logits"));
        double[] expected = doubles(c.get("labels"));
        assertThat(PEARSON.of(logits, expected))
                .isCloseTo(c.get("pearson_unclipped").asDouble(), ROUNDING);
        assertThat(SPEARMAN.of(logits, expected))
                .isCloseTo(c.get("spearman_unclipped").asDouble(), ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("regressions")
    void predictionsAreClippedAsTheOriginalClipsThem(JsonNode c) {
        double[] logits = doubles(c.get("logits"));
        float[] outputs = new float[logits.length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) logits[i];
        }
        Scores scores = Scores.of(
                List.of(PEARSON, SPEARMAN), SCORE.predictions(Outputs.of(outputs, 1)), doubles(c.get("labels")));
        assertThat(scores.values().get(PEARSON))
                .isCloseTo(c.get("pearson_of_clipped").asDouble(), within(1e-6));
        assertThat(scores.values().get(SPEARMAN))
                .isCloseTo(c.get("spearman_of_clipped").asDouble(), within(1e-6));
    }

    @Test
    void matthewsOfThreeClassesIsGorodkins() {
        double[] predicted = {0, 0, 2, 2, 1, 0, 1, 2};
        double[] expected = {0, 1, 2, 2, 1, 0, 2, 0};
        // c = 5 of s = 8; predicted 3, 2, 3; expected 3, 2, 3: (5·8 − 22) / (64 − 22)
        assertThat(MATTHEWS.of(predicted, expected)).isCloseTo(18.0 / 42, ROUNDING);
    }

    @Test
    void aConstantPredictionHasNoCorrelation() {
        assertThat(MATTHEWS.of(new double[] {1, 1, 1}, new double[] {1, 0, 1})).isZero();
        assertThat(PEARSON.of(new double[] {2.5, 2.5, 2.5}, new double[] {1, 2, 3}))
                .isZero();
        assertThat(SPEARMAN.of(new double[] {1, 2, 3}, new double[] {4, 4, 4})).isZero();
        assertThat(PEARSON.of(new double[] {1}, new double[] {2})).isZero();
    }

    @Test
    void f1WithoutPositivesIsZero() {
        assertThat(F1.of(new double[] {0, 0}, new double[] {0, 0})).isZero();
    }

    @Test
    void predictionsAndLabelsMustBeEquallyMany() {
        assertThatThrownBy(() -> ACCURACY.of(new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 predictions for 2 labels");
    }

    private static Stream<JsonNode> golden(String kind) throws IOException {
        try (InputStream json = LabelMetricTest.class.getResourceAsStream("/golden/metrics.json")) {
            JsonNode cases = new ObjectMapper().readTree(json);
            return StreamSupport.stream(cases.spliterator(), false)
                    .filter(c -> c.get("kind").asText().equals(kind));
        }
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @Test
    void theMacroF1IsScikitLearnsAlsoOfASampleWrittenOut() throws IOException {
        for (JsonNode c : Golden.read("tasks/tasks.json").get("macro")) {
            double[] predicted = doubles(c.get("predicted"));
            double[] expected = doubles(c.get("expected"));

            assertThat(LabelMetric.F1_MACRO.of(predicted, expected))
                    .isCloseTo(c.get("f1_macro").asDouble(), ROUNDING);
            assertThat(WeightedMetric.of(LabelMetric.F1_MACRO, predicted, expected)
                            .ofAll(predicted.length))
                    .isCloseTo(c.get("f1_macro").asDouble(), ROUNDING);
            double[] twice = {predicted[0], predicted[0], predicted[1]};
            int[] counts = new int[predicted.length];
            counts[0] = 2;
            counts[1] = 1;
            assertThat(WeightedMetric.of(LabelMetric.F1_MACRO, predicted, expected)
                            .of(counts))
                    .isCloseTo(
                            LabelMetric.F1_MACRO.of(twice, new double[] {expected[0], expected[0], expected[1]}),
                            ROUNDING);
        }
    }
}
