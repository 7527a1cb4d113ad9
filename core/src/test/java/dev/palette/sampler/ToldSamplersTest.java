package dev.palette.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The equations of the samplers that go by losses and scores; the numbers were computed with NumPy, in float64. */
class ToldSamplersTest {
    private static final Offset<Double> DOUBLE = within(1e-12);
    private static final TaskSizes TASKS = new TaskSizes(List.of("a", "b", "c"), List.of(100L, 400L, 900L));

    private static TaskReport losses(double a, double b) {
        return new TaskReport(0, Map.of("a", a, "b", b), Map.of());
    }

    private static TaskReport scores(double a, double b, double c) {
        return new TaskReport(0, Map.of(), Map.of("a", a, "b", b, "c", c));
    }

    @Test
    void temperatureFlattensAndCaps() {
        TaskSizes sizes = TaskSizes.of(10, 1_000, 64_000);
        TaskSampler sampler = new Temperature(3, 8_000).sampler(sizes, 1); // 10^⅓ : 10 : 20
        double all = Math.cbrt(10) + 30;
        assertThat(sampler.draw(0, (Math.cbrt(10) - 1e-9) / all, List.of())).isZero();
        assertThat(sampler.draw(0, (Math.cbrt(10) + 1e-9) / all, List.of())).isEqualTo(1);
        assertThat(sampler.draw(0, (Math.cbrt(10) + 10 + 1e-9) / all, List.of()))
                .isEqualTo(2);
    }

    @Test
    void lossDrivenBeginsWithTheSizesAlone() {
        LossDriven sampling = new LossDriven(100, 0.5, 1, 0.5, 0);
        assertThat(sampling.distribution(TASKS, List.of()).probabilities())
                .containsExactly(new double[] {1 / 6.0, 2 / 6.0, 3 / 6.0}, DOUBLE);
    }

    @Test
    void lossDrivenGivesMoreToWhatHasFallenLess() {
        LossDriven sampling = new LossDriven(100, 0.5, 2, 0.25, 0.1);
        // r_a = (0.25·2 + 0.75·1)/2 = 0.625 and r_b = (0.25·4 + 0.75·3)/4 = 0.8125; c was never drawn, so that r_c = 1
        double a = 1 * 0.625 * 0.625;
        double b = 2 * 0.8125 * 0.8125;
        double c = 3;
        double all = a + b + c;
        assertThat(sampling.distribution(TASKS, List.of(losses(2, 4), losses(1, 3)))
                        .probabilities())
                .containsExactly(
                        new double[] {0.9 * a / all + 0.1 / 3, 0.9 * b / all + 0.1 / 3, 0.9 * c / all + 0.1 / 3},
                        DOUBLE);
    }

    @Test
    void lossDrivenIsToldEverySoManySteps() {
        LossDriven sampling = LossDriven.of(l -> l.every(50));
        assertThat(sampling.isReportDue(49)).isFalse();
        assertThat(sampling.isReportDue(100)).isTrue();
        assertThat(sampling.needsScores()).isFalse();
    }

    @Test
    void dynamicDrawsByTheGapToTheSingleTaskScore() {
        Dynamic sampling = new Dynamic(Map.of("a", 0.8, "b", 0.5, "c", 0.9), 0.2);
        List<TaskReport> reports = List.of(scores(0, 0, 0), losses(1, 1), scores(0.6, 0.4, 0.95));
        // gaps 0.25, 0.2 and none
        assertThat(sampling.distribution(TASKS, reports).probabilities())
                .containsExactly(
                        new double[] {0.8 * 0.25 / 0.45 + 0.2 / 3, 0.8 * 0.2 / 0.45 + 0.2 / 3, 0.2 / 3}, DOUBLE);
    }

    @Test
    void dynamicIsEvenBeforeTheFirstEvaluationAndWhenAllIsReached() {
        Dynamic sampling = new Dynamic(Map.of("a", 0.8, "b", 0.5, "c", 0.9), 0);
        double[] even = {1 / 3.0, 1 / 3.0, 1 / 3.0};
        assertThat(sampling.distribution(TASKS, List.of()).probabilities()).containsExactly(even, DOUBLE);
        assertThat(sampling.distribution(TASKS, List.of(scores(0.8, 0.6, 0.9))).probabilities())
                .containsExactly(even, DOUBLE);
    }

    @Test
    void dynamicWithoutATasksScoreIsRefused() {
        Dynamic sampling = new Dynamic(Map.of("cola", 0.52), 0.1);
        assertThatThrownBy(() -> sampling.requireTasks(List.of("cola", "rte")))
                .isInstanceOf(PaletteException.class)
                .hasMessage("dynamic has no single-task score of 'rte', only of cola; give it: singleTask rte: 0.9");
        assertThatThrownBy(() -> new Dynamic(Map.of("rte", 66.0), 0.1))
                .isInstanceOf(PaletteException.class)
                .hasMessage("singleTask of 'rte' is 66.0, expected a fraction of 1: 0.87 for 87 percent");
    }

    @Test
    void theBanditFollowsExp3SWithScaledGains() {
        Bandit sampling = new Bandit(0.5, 0.05, 0.1);
        List<TaskReport> reports =
                List.of(scores(0.3, 0.5, 0.1), scores(0.4, 0.5, 0.4), scores(0.45, 0.48, 0.6), scores(0.46, 0.6, 0.61));
        assertThat(sampling.distribution(TASKS, reports).probabilities())
                .containsExactly(new double[] {0.19682508055900907, 0.24533710955914267, 0.5578378098818483}, DOUBLE);
    }

    @Test
    void theBanditIsEvenUntilThereIsAGain() {
        assertThat(new Bandit(0.5, 0.05, 0)
                        .distribution(TASKS, List.of(scores(0.9, 0.1, 0.2)))
                        .probabilities())
                .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, DOUBLE);
    }
}
