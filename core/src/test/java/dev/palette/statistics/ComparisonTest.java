package dev.palette.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.spec.RandomStreams;
import dev.palette.task.LabelMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final int EXAMPLES = 200;

    @Test
    void everyRunIsScoredOnTheSameDrawsAndTheyAreTheSameEveryTime() {
        ResampledScore sum = draw -> weighted(draw.counts("cola", EXAMPLES));

        double[][] first = new ExampleResampling(50).of(List.of(sum, sum));
        double[][] again = new ExampleResampling(50).of(List.of(sum));

        assertThat(first[0]).isEqualTo(first[1]).isEqualTo(again[0]);
        assertThat(first[0]).doesNotHaveDuplicates();
    }

    private static double weighted(int[] counts) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += (i + 1.0) * counts[i];
            n += counts[i];
        }
        assertThat(n).isEqualTo(EXAMPLES);
        return sum;
    }

    @Test
    void otherSplitsAreDrawnOtherwise() {
        double[][] scores = new ExampleResampling(1)
                .of(List.of(
                        draw -> weighted(draw.counts("cola", EXAMPLES)),
                        draw -> weighted(draw.counts("rte", EXAMPLES))));

        assertThat(scores[0][0]).isNotEqualTo(scores[1][0]);
    }

    @Test
    void aDifferenceThatEverySeedAndMostExamplesShowIsFound() {
        Comparison comparison = compare(10, 0.70, 0.85, 0);

        assertThat(comparison.effect()).isCloseTo(0.15, within(0.05));
        assertThat(comparison.interval().low()).isPositive();
        assertThat(comparison.p()).isLessThan(0.01);
        assertThat(comparison.hasSeeds()).isTrue();
    }

    @Test
    void lineComparedWithItselfDiffersInNothing() {
        Comparison comparison = compare(10, 0.7, 0.7, 0);

        assertThat(comparison.effect()).isZero();
        assertThat(comparison.p()).isOne();
        assertThat(comparison.equivalence().orElseThrow()).isLessThan(0.001);
    }

    @Test
    void fiveSeedsAreTooFewForAClaim() {
        assertThat(compare(5, 0.5, 0.95, 0).hasSeeds()).isFalse();
        assertThat(compare(6, 0.5, 0.95, 0).hasSeeds()).isTrue();
    }

    @Test
    void moreExamplesOrSeedsCouldShowLess() {
        assertThat(compare(20, 0.7, 0.75, 1).smallestDetectable())
                .isLessThan(compare(4, 0.7, 0.75, 1).smallestDetectable());
    }

    @Test
    void oneSeedSaysNothingByItself() {
        double[] one = {0.5};

        assertThat(SeedTest.compare(one, new double[] {0.6, 0.7}, false, OptionalDouble.empty()))
                .isEmpty();
        assertThat(SeedTest.compare(new double[] {0.5, 0.5}, new double[] {0.6, 0.6}, true, OptionalDouble.empty()))
                .isEmpty();
    }

    /** Two lines whose seeds answer so many examples rightly, the same ones where {@code shift} is 0. */
    private static Comparison compare(int seeds, double first, double second, int shift) {
        List<ResampledScore> scores = new ArrayList<>();
        double[] observed = new double[2 * seeds];
        for (int run = 0; run < 2 * seeds; run++) {
            double skill = run < seeds ? first : second;
            String answers = "answers " + (run % seeds + shift * run);
            double[] right = new double[EXAMPLES];
            double[] all = new double[EXAMPLES];
            for (int i = 0; i < EXAMPLES; i++) {
                all[i] = 1;
                right[i] = new RandomStreams(1).uniform(answers, i) < skill ? 1 : 0;
            }
            WeightedMetric accuracy = WeightedMetric.of(LabelMetric.ACCURACY, right, all);
            observed[run] = accuracy.ofAll(EXAMPLES);
            scores.add(draw -> accuracy.of(draw.counts("cola", EXAMPLES)));
        }
        double[][] drawn = new ExampleResampling(2_000).of(scores);
        return MultiBootstrap.compare(
                new MultiBootstrap.Line(Arrays.copyOf(observed, seeds), Arrays.copyOf(drawn, seeds)),
                new MultiBootstrap.Line(
                        Arrays.copyOfRange(observed, seeds, 2 * seeds), Arrays.copyOfRange(drawn, seeds, 2 * seeds)),
                true,
                OptionalDouble.of(0.02));
    }
}
