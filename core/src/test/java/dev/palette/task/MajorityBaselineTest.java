package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MajorityBaselineTest {
    @Test
    void theCommonestTrainingClassIsPredicted() {
        Scores scores = MajorityBaseline.scores(GlueTasks.of(GlueLayout.MRPC), labelled(1, 0, 1), labelled(1, 1, 0, 1));
        assertThat(scores.values()).isEqualTo(Map.of(Metric.ACCURACY, 0.75, Metric.F1, 6.0 / 7));
    }

    @Test
    void aConstantHasNoCorrelation() {
        assertThat(MajorityBaseline.scores(GlueTasks.of(GlueLayout.COLA), labelled(1, 1, 0), labelled(1, 0))
                        .mean())
                .isZero();
        assertThat(MajorityBaseline.scores(GlueTasks.of(GlueLayout.STS), labelled(1, 4), labelled(2, 3))
                        .mean())
                .isZero();
    }

    @Test
    void theFirstOfEquallyCommonClassesIsPredicted() {
        Scores scores = MajorityBaseline.scores(GlueTasks.of(GlueLayout.RTE), labelled(1, 0), labelled(0, 0, 0, 1));
        assertThat(scores.mean()).isEqualTo(0.75);
    }

    private static Examples labelled(double... labels) {
        return new Examples(
                Arrays.stream(labels)
                        .mapToObj(label -> new Example(0, "text", null, label))
                        .toList(),
                0);
    }
}
