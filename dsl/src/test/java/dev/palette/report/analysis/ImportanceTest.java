package dev.palette.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much of the scores' variation each setting explains. */
class ImportanceTest {
    @Test
    void ofAnAdditiveScoreTheSharesAreThoseOfTheTerms() {
        double[] a = axis(64, i -> i % 4);
        double[] b = axis(64, i -> i / 4 % 4);
        double[] c = axis(64, i -> i / 16);
        double[] scores = axis(64, i -> 2 * a[i] + b[i]);

        Map<String, Double> shares = shares(List.of(numeric("a", a), numeric("b", b), numeric("c", c)), scores);

        assertThat(shares.get("a")).isCloseTo(0.8, within(0.08)); // 2² of 2² + 1²
        assertThat(shares.get("b")).isCloseTo(0.2, within(0.08));
        assertThat(shares.get("c")).isLessThan(0.02);
    }

    @Test
    void whatTwoSettingsDoTogetherIsNeithersOwn() {
        double[] a = axis(64, i -> i % 2);
        double[] b = axis(64, i -> i / 2 % 2);
        double[] scores = axis(64, i -> a[i] == b[i] ? 1 : 0);

        Importance found = importance(List.of(numeric("a", a), numeric("b", b)), scores);

        assertThat(found.together()).isGreaterThan(0.8);
    }

    /**
     * With L uniform in [0, 2], S in (0, ½] and one word in three that adds 0.3 L, the score L + S + 0.3 L [word = c] has the variance 0.4508:
     * 1.1² · 4/12 by L, 1/48 by S, 0.3² · 2/9 by the word, and the rest by word and L together.
     */
    @Test
    void sharesAreThoseOfTheFunctionThatMadeTheScores() {
        double[] rate = axis(200, i -> Math.pow(10, -5 + 2 * (i * 0.6180339887 % 1)));
        double[] size = axis(200, i -> 1 + Math.floor(64 * (i * 0.7548776662 % 1)));
        List<@Nullable String> words = List.copyOf(IntStream.range(0, 200)
                .mapToObj(i -> List.of("a", "b", "c").get(i % 3))
                .toList());
        double[] scores = axis(200, i -> Math.log10(rate[i] / 1e-5) * (i % 3 == 2 ? 1.3 : 1) + size[i] / 128);

        Map<String, Double> shares = shares(
                List.of(
                        numeric("rate", rate),
                        numeric("size", size),
                        new SweepAxis("word", "word", words, new double[0])),
                scores);

        assertThat(shares.get("rate")).isCloseTo(0.895, within(0.03));
        assertThat(shares.get("size")).isCloseTo(0.046, within(0.03));
        assertThat(shares.get("word")).isCloseTo(0.044, within(0.03));
    }

    @Test
    void fewVariantsHaveNoImportance() {
        double[] a = axis(7, i -> i);

        Importance found = importance(List.of(numeric("a", a)), a);

        assertThat(found.settings()).isEmpty();
        assertThat(found.variants()).isEqualTo(7);
        assertThat(found.needed()).isEqualTo(8);
        assertThat(found.together()).isNaN();
    }

    @Test
    void equalScoresHaveNoImportance() {
        assertThat(importance(List.of(numeric("a", axis(20, i -> i))), axis(20, i -> 0.5))
                        .settings())
                .isEmpty();
    }

    @Test
    void anOptionThatSomeLackHasACellForItsAbsence() {
        double[] a = axis(40, i -> i % 2 == 0 ? Double.NaN : i % 4);
        double[] scores = axis(40, i -> i % 2);

        assertThat(shares(List.of(numeric("a", a), numeric("b", axis(40, i -> i / 8))), scores)
                        .get("a"))
                .isGreaterThan(0.9);
    }

    private static double[] axis(int n, ToDoubleFunction<Integer> value) {
        return IntStream.range(0, n).mapToDouble(value::applyAsDouble).toArray();
    }

    private static SweepAxis numeric(String name, double[] values) {
        List<@Nullable String> texts = Arrays.stream(values)
                .mapToObj(value -> Double.isNaN(value) ? null : Double.toString(value))
                .collect(Collectors.toCollection(ArrayList::new));
        return new SweepAxis(name, name, texts, values);
    }

    private static Importance importance(List<SweepAxis> axes, double[] scores) {
        return Importance.of(axes, scores);
    }

    private static Map<String, Double> shares(List<SweepAxis> axes, double[] scores) {
        Map<String, Double> shares = new TreeMap<>();
        importance(axes, scores)
                .settings()
                .forEach(setting -> shares.put(axes.get(setting.axis()).label(), setting.share()));
        return shares;
    }
}
