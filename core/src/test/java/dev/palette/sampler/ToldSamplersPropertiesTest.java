package dev.palette.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Whatever is reported, the samplers that are told give each task a share, and the unit interval to all of them. */
class ToldSamplersPropertiesTest {
    private static final TaskSizes TASKS = new TaskSizes(List.of("a", "b", "c"), List.of(10L, 200L, 3_000L));
    private static final Dynamic DYNAMIC = new Dynamic(Map.of("a", 0.9, "b", 0.5, "c", 0.1), 0.3);
    private static final Bandit BANDIT = new Bandit(2, 0.05, 0.3);
    private static final LossDriven LOSS_DRIVEN = new LossDriven(10, 0.7, 2, 0.5, 0.3);

    @Property(tries = 200)
    void everyTaskKeepsItsShareOfTheEvenPart(@ForAll @Size(max = 8) List<@From("reports") TaskReport> reports) {
        for (Distribution found : List.of(
                DYNAMIC.distribution(TASKS, reports),
                BANDIT.distribution(TASKS, reports),
                LOSS_DRIVEN.distribution(TASKS, reports))) {
            assertThat(Arrays.stream(found.probabilities()).sum()).isCloseTo(1, within(1e-9));
            assertThat(Arrays.stream(found.probabilities())).allMatch(p -> p >= 0.1 - 1e-9);
        }
    }

    @Property(tries = 200)
    void aHigherLossIsDrawnMore(
            @ForAll @DoubleRange(min = 0.01, max = 5) double loss, @ForAll @DoubleRange(max = 5) double more) {
        double[] low = LOSS_DRIVEN.distribution(TASKS, losses(loss)).probabilities();
        double[] high = LOSS_DRIVEN.distribution(TASKS, losses(loss + more)).probabilities();
        assertThat(high[1]).isGreaterThanOrEqualTo(low[1] - 1e-12);
    }

    @Property(tries = 200)
    void aBetterScoreIsDrawnLess(
            @ForAll @DoubleRange(max = 0.5) double score, @ForAll @DoubleRange(max = 0.5) double more) {
        double[] low =
                DYNAMIC.distribution(TASKS, List.of(scores(score, 0.2, 0))).probabilities();
        double[] high = DYNAMIC.distribution(TASKS, List.of(scores(score + more, 0.2, 0)))
                .probabilities();
        assertThat(high[0]).isLessThanOrEqualTo(low[0] + 1e-12);
    }

    @Property(tries = 200)
    void aGreaterGainIsDrawnMore(
            @ForAll @DoubleRange(min = -0.5, max = 0.5) double gain, @ForAll @DoubleRange(max = 0.5) double more) {
        double[] found = BANDIT.distribution(
                        TASKS, List.of(scores(0.5, 0.5, 0.5), scores(0.5 + gain, 0.5 + gain + more, 0.5)))
                .probabilities();
        assertThat(found[1]).isGreaterThanOrEqualTo(found[0] - 1e-12);
    }

    @Property(tries = 200)
    void theMoreTemperatureTheMoreEven(
            @ForAll @DoubleRange(min = 1, max = 10) double one, @ForAll @DoubleRange(min = 1, max = 10) double other) {
        assertThat(shareOfSmallest(Math.max(one, other))).isGreaterThanOrEqualTo(shareOfSmallest(Math.min(one, other)));
    }

    /** Found by halving the interval in which the smallest task, the first, is drawn. */
    private static double shareOfSmallest(double temperature) {
        TaskSampler sampler = new Temperature(temperature, 1 << 21).sampler(TASKS, 1);
        double low = 0;
        double high = 1;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (sampler.draw(0, middle, List.of()) == 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static List<TaskReport> losses(double second) {
        return List.of(
                new TaskReport(10, Map.of("a", 2.0, "b", 2.0), Map.of()),
                new TaskReport(20, Map.of("a", 1.0, "b", second), Map.of()));
    }

    private static TaskReport scores(double a, double b, double c) {
        return new TaskReport(0, Map.of(), Map.of("a", a, "b", b, "c", c));
    }

    @Provide
    Arbitrary<TaskReport> reports() {
        Arbitrary<Double> numbers = Arbitraries.doubles().between(0, 3);
        Arbitrary<Map<String, Double>> some = Arbitraries.maps(Arbitraries.of("a", "b", "c"), numbers);
        Arbitrary<Map<String, Double>> all = numbers.list().ofSize(3).map(three -> {
            Map<String, Double> scores = new HashMap<>();
            scores.put("a", three.get(0) / 3);
            scores.put("b", three.get(1) / 3);
            scores.put("c", three.get(2) / 3);
            return scores;
        });
        return Combinators.combine(some, Arbitraries.oneOf(all, Arbitraries.just(Map.<String, Double>of())))
                .as((losses, scores) -> new TaskReport(1, losses, scores));
    }
}
