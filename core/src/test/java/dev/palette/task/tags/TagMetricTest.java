package dev.palette.task.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagMetricTest {
    @Test
    void theScoresAreThoseOfSeqevalWhateverTheScheme() throws IOException {
        for (JsonNode golden : Golden.read("tasks/tasks.json").get("spans")) {
            List<List<String>> expected = lists(golden.get("expected"));
            List<List<String>> predicted = lists(golden.get("predicted"));

            assertThat(TagMetric.of(texts(golden.get("tags")))).containsExactly(TagMetric.values());
            for (TagMetric metric : TagMetric.values()) {
                assertThat(metric.of(predicted, expected))
                        .as("%s, %s", golden.get("scheme"), metric)
                        .isCloseTo(golden.get(metric.label()).asDouble(), within(1e-12));
            }
        }
    }

    @Test
    void tagsThatSayNothingOfSpansAreScoredByAccuracyAlone() {
        assertThat(TagMetric.of(List.of("NOUN", "VERB"))).containsExactly(TagMetric.ACCURACY);
        assertThat(TagMetric.of(List.of("O", "NOUN"))).containsExactly(TagMetric.ACCURACY);
    }

    @Test
    void whereNothingIsFoundTheScoresAreZero() {
        List<List<String>> none = List.of(List.of("O", "O"));

        assertThat(TagMetric.F1.of(none, none)).isZero();
        assertThat(TagMetric.PRECISION.of(none, List.of(List.of("B-X", "O")))).isZero();
        assertThat(TagMetric.ACCURACY.of(none, none)).isOne();
    }

    private static List<List<String>> lists(JsonNode node) {
        List<List<String>> lists = new ArrayList<>();
        node.forEach(each -> lists.add(texts(each)));
        return lists;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
