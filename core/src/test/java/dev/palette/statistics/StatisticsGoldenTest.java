package dev.palette.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.task.LabelMetric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statistics against SciPy's, NumPy's and statsmodels' values, which {@code statistics/golden.py} makes. */
class StatisticsGoldenTest {
    private static final Offset<Double> SAME = within(1e-9);
    private static final JsonNode GOLDEN = read();

    static Stream<JsonNode> metrics() {
        return cases("metrics");
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void aWeightedMetricIsTheMetricOfTheExamplesWrittenOut(JsonNode c) {
        LabelMetric metric = LabelMetric.valueOf(c.get("metric").asText().toUpperCase(Locale.ROOT));
        int[] counts = ints(c.get("counts"));

        double value = WeightedMetric.of(metric, doubles(c.get("predicted")), doubles(c.get("expected")))
                .of(counts);

        assertThat(value).isCloseTo(c.get("value").asDouble(), SAME);
        assertThat(value)
                .isCloseTo(metric.of(repeated(c.get("predicted"), counts), repeated(c.get("expected"), counts)), SAME);
    }

    static Stream<JsonNode> bootstraps() {
        return cases("bootstrap");
    }

    @ParameterizedTest
    @MethodSource("bootstraps")
    void theMultiBootstrapDrawsSeedsAndExamples(JsonNode c) {
        MultiBootstrap.SeedDraw seeds = (replicate, line, n) ->
                ints(c.get(line == 0 ? "seedsOfFirst" : "seedsOfSecond").get(replicate));

        Comparison comparison = MultiBootstrap.compare(
                line(c, "first"),
                line(c, "second"),
                c.get("paired").asBoolean(),
                OptionalDouble.of(c.get("margin").asDouble()),
                seeds);

        assertMatches(comparison, c);
        assertThat(comparison.overExamples()).isTrue();
    }

    private static MultiBootstrap.Line line(JsonNode c, String name) {
        List<Double> observed = new ArrayList<>();
        List<double[]> resampled = new ArrayList<>();
        for (JsonNode seed : c.get(name)) {
            WeightedMetric f1 = WeightedMetric.of(LabelMetric.F1, doubles(seed), doubles(c.get("expected")));
            observed.add(f1.ofAll(seed.size()));
            resampled.add(StreamSupport.stream(c.get("examples").spliterator(), false)
                    .mapToDouble(counts -> f1.of(ints(counts)))
                    .toArray());
        }
        return new MultiBootstrap.Line(
                observed.stream().mapToDouble(Double::doubleValue).toArray(), resampled.toArray(double[][]::new));
    }

    static Stream<JsonNode> ts() {
        return cases("t");
    }

    @ParameterizedTest
    @MethodSource("ts")
    void seedsAloneAreComparedByStudentsT(JsonNode c) {
        Comparison comparison = SeedTest.compare(
                        doubles(c.get("first")),
                        doubles(c.get("second")),
                        c.get("paired").asBoolean(),
                        OptionalDouble.of(c.get("margin").asDouble()))
                .orElseThrow();

        assertMatches(comparison, c);
        assertThat(comparison.overExamples()).isFalse();
    }

    private static void assertMatches(Comparison comparison, JsonNode c) {
        assertThat(comparison.effect()).isCloseTo(c.get("effect").asDouble(), SAME);
        assertThat(comparison.interval().low()).isCloseTo(c.get("low").asDouble(), SAME);
        assertThat(comparison.interval().high()).isCloseTo(c.get("high").asDouble(), SAME);
        assertThat(comparison.p()).isCloseTo(c.get("p").asDouble(), SAME);
        assertThat(comparison.equivalence().orElseThrow())
                .isCloseTo(c.get("equivalence").asDouble(), SAME);
        assertThat(comparison.smallestDetectable())
                .isCloseTo(c.get("detectable").asDouble(), SAME);
        assertThat(comparison.seeds())
                .isEqualTo(Math.min(c.get("first").size(), c.get("second").size()));
    }

    static Stream<JsonNode> aggregates() {
        return cases("aggregates");
    }

    @ParameterizedTest
    @MethodSource("aggregates")
    void anAggregateHasTheSamplesDeviationAndStudentsInterval(JsonNode c) {
        Aggregate aggregate = Aggregate.of(boxed(c.get("values")));

        assertThat(aggregate.mean()).isCloseTo(c.get("mean").asDouble(), SAME);
        assertThat(aggregate.deviation().orElseThrow())
                .isCloseTo(c.get("deviation").asDouble(), SAME);
        Interval interval = aggregate.interval(0.95).orElseThrow();
        assertThat(interval.low()).isCloseTo(c.get("low").asDouble(), SAME);
        assertThat(interval.high()).isCloseTo(c.get("high").asDouble(), SAME);
    }

    static Stream<JsonNode> holms() {
        return cases("holm");
    }

    @ParameterizedTest
    @MethodSource("holms")
    void holmCorrectsForAllTestsTogether(JsonNode c) {
        assertThat(Holm.adjust(doubles(c.get("p")))).containsExactly(doubles(c.get("adjusted")), SAME);
    }

    static Stream<JsonNode> bests() {
        return cases("best");
    }

    @ParameterizedTest
    @MethodSource("bests")
    void theExpectedBestIsThatOfAllDrawsThereCouldBe(JsonNode c) {
        ExpectedBest best =
                ExpectedBest.of(doubles(c.get("scores")), c.get("budget").asInt());

        assertThat(best.mean()).isCloseTo(c.get("mean").asDouble(), SAME);
        assertThat(best.deviation()).isCloseTo(c.get("deviation").asDouble(), within(1e-7));
    }

    private static double[] repeated(JsonNode values, int[] counts) {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts[i]; j++) {
                all.add(values.get(i).asDouble());
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Double> boxed(JsonNode array) {
        List<Double> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asDouble()));
        return values;
    }

    private static double[] doubles(JsonNode array) {
        return boxed(array).stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int[] ints(JsonNode array) {
        return boxed(array).stream().mapToInt(Double::intValue).toArray();
    }

    private static Stream<JsonNode> cases(String name) {
        return StreamSupport.stream(GOLDEN.get(name).spliterator(), false);
    }

    private static JsonNode read() {
        try (InputStream in =
                Objects.requireNonNull(StatisticsGoldenTest.class.getResourceAsStream("/statistics/golden.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
