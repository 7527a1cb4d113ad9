package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AverageTest {
    /** Rows of the paper's results table: every figure, and the average it prints. */
    @ParameterizedTest
    @CsvSource({
        "84.0, 83.4, 88.9, 70.8, 89.3, 93.4, 51.2, 83.6, 81.3, 81.3, 86.7, 76.6, 79.9",
        "84.0, 83.2, 88.8, 71.2, 89.7, 93.2, 47.1, 85.3, 83.1, 83.1, 87.5, 75.5, 79.6",
        "84.3, 83.5, 89.2, 71.5, 90.0, 92.6, 51.2, 85.8, 84.6, 84.6, 88.7, 76.0, 80.4",
    })
    void thePapersAverageIsTheOneItPrints(
            double mnli,
            double mnliMm,
            double qqp,
            double qqpF1,
            double qnli,
            double sst,
            double cola,
            double pearson,
            double spearman,
            double mrpc,
            double mrpcF1,
            double rte,
            double printed) {
        Map<String, List<Scores>> tasks = new LinkedHashMap<>();
        tasks.put("mnli", List.of(accuracy(mnli), accuracy(mnliMm)));
        tasks.put("qqp", List.of(accuracyAndF1(qqp, qqpF1)));
        tasks.put("qnli", List.of(accuracy(qnli)));
        tasks.put("sst", List.of(accuracy(sst)));
        tasks.put("cola", List.of(new Scores(Map.of(LabelMetric.MATTHEWS, cola))));
        tasks.put("sts", List.of(correlations(pearson, spearman)));
        tasks.put("mrpc", List.of(accuracyAndF1(mrpc, mrpcF1)));
        tasks.put("rte", List.of(accuracy(rte)));
        assertThat(Average.PAPER.of(tasks)).isCloseTo(printed, within(0.05));
    }

    @Test
    void gluesAverageTakesEachTaskOnce() {
        Map<String, List<Scores>> tasks = Map.of(
                "mnli", List.of(accuracy(0.8), accuracy(0.6)),
                "mrpc", List.of(accuracyAndF1(0.8, 0.9)),
                "rte", List.of(accuracy(0.5)));
        assertThat(Average.GLUE.of(tasks)).isCloseTo((0.7 + 0.85 + 0.5) / 3, within(1e-12));
        assertThat(Average.SUPERGLUE.of(tasks)).isEqualTo(Average.GLUE.of(tasks));
    }

    @Test
    void anAverageOfNothingIsAFault() {
        assertThatThrownBy(() -> Average.GLUE.of(Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAverageIsNamed() {
        assertThat(Average.PAPER.label()).isEqualTo("average.paper");
    }

    private static Scores accuracy(double value) {
        return new Scores(Map.of(LabelMetric.ACCURACY, value));
    }

    private static Scores accuracyAndF1(double accuracy, double f1) {
        return ordered(LabelMetric.ACCURACY, accuracy, LabelMetric.F1, f1);
    }

    private static Scores correlations(double pearson, double spearman) {
        return ordered(LabelMetric.PEARSON, pearson, LabelMetric.SPEARMAN, spearman);
    }

    private static Scores ordered(Metric first, double a, Metric second, double b) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(first, a);
        values.put(second, b);
        return new Scores(values);
    }
}
