package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.LabelMetric;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The means over batches of eight by which the original chooses its checkpoint. */
class BatchMeansTest {
    @Test
    void matthewsAndPearsonAreTheOriginalsMeans() throws IOException {
        int compared = 0;
        for (JsonNode split : Golden.read("metrics.json")) {
            boolean classes = split.get("kind").asText().equals("classification");
            JsonNode expected =
                    split.path(classes ? "original_matthews_eval_batch_8" : "original_pearson_eval_batch_8");
            if (expected.isNumber()) {
                double[] predicted = values(split.get(classes ? "preds" : "logits"));
                double found = BatchMeans.of(
                        classes ? LabelMetric.MATTHEWS : LabelMetric.PEARSON,
                        classes ? predicted : clipped(predicted),
                        values(split.get("labels")));
                assertThat(found).isCloseTo(expected.asDouble(), within(1e-12));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5);
    }

    @Test
    void aBatchOfEqualScoresMakesTheWholeUndefined() {
        double[] labels = IntStream.range(0, 16).mapToDouble(i -> i / 16.0).toArray();
        double[] predicted = labels.clone();
        Arrays.fill(predicted, 8, 16, 1);
        assertThat(BatchMeans.of(LabelMetric.PEARSON, predicted, labels)).isNaN();
        assertThat(BatchMeans.of(LabelMetric.ACCURACY, new double[9], new double[9]))
                .isEqualTo(1);
    }

    private static double[] clipped(double[] scores) {
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> Math.min(1, Math.max(0, scores[i])))
                .toArray();
    }

    private static double[] values(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).asDouble())
                .toArray();
    }
}
