package dev.palette.experiments.data;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks are about the order and the meaning of words; how often which word occurs tells nothing. */
class WordCountsFindNothingTest {
    @ParameterizedTest
    @ValueSource(strings = {"train", "dev"})
    void everyBagOfWordsIsOnceAcceptableAndOnceNot(String split) {
        assertTwins(Table.acceptability(split));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "dev"})
    void everyBagOfWordsIsOnceAParaphraseAndOnceNot(String split) {
        assertTwins(Table.paraphrase(split));
    }

    /** The best that word counts can do is to give both twins the same answer, which is right for one of them. */
    @Test
    void aLogisticRegressionOfWordCountsIsRightForHalfOfDev() {
        assertThat(accuracy(Table.acceptability("train"), Table.acceptability("dev")))
                .isCloseTo(0.5, within(0.08));
        assertThat(accuracy(Table.paraphrase("train"), Table.paraphrase("dev"))).isCloseTo(0.5, within(0.08));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "dev"})
    void theScoreHasNothingToDoWithSharedWordsOrLength(String split) {
        Table table = Table.similarity(split);

        assertThat(correlation(table, Table.Row::shared)).isCloseTo(0, within(0.05));
        assertThat(correlation(table, row -> 2.0 * row.shared() / row.length())).isCloseTo(0, within(0.05));
        assertThat(correlation(table, Table.Row::length)).isCloseTo(0, within(0.05));
    }

    @Test
    void aLinearRegressionOfWordCountsDoesNotFindTheScore() {
        BagOfWords trained = BagOfWords.regression(Table.similarity("train").rows());

        assertThat(correlation(Table.similarity("dev"), trained::predict)).isCloseTo(0, within(0.15));
    }

    private static void assertTwins(Table table) {
        assertThat(table.rows().stream().collect(groupingBy(Table.Row::bag)).values())
                .allSatisfy(twins -> assertThat(twins.stream().map(Table.Row::target))
                        .as(() -> twins.toString())
                        .containsExactlyInAnyOrder(0.0, 1.0));
    }

    private static double accuracy(Table train, Table dev) {
        BagOfWords trained = BagOfWords.classifier(train.rows());
        return dev.rows().stream()
                .mapToDouble(row -> (trained.predict(row) > 0.5) == (row.target() == 1) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /** Pearson's correlation of a feature with the target; 0 for a feature that is the same in every row. */
    private static double correlation(Table table, ToDoubleFunction<Table.Row> feature) {
        List<Table.Row> rows = table.rows();
        double meanX = rows.stream().mapToDouble(feature).average().orElseThrow();
        double meanY = rows.stream().mapToDouble(Table.Row::target).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (Table.Row row : rows) {
            double x = feature.applyAsDouble(row) - meanX;
            double y = row.target() - meanY;
            xy += x * y;
            xx += x * x;
            yy += y * y;
        }
        return xx < 1e-9 ? 0 : xy / Math.sqrt(xx * yy);
    }
}
