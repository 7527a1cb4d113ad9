package dev.palette.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    private final RandomStreams streams = new RandomStreams(42);

    /** The numbers of every finished run rest on these. Integers and uniform numbers were computed independently, in Python. */
    @Test
    void theFirstValuesNeverChange() {
        assertThat(LongStream.range(0, 3).map(i -> streams.seedFor("dropout", i)))
                .containsExactly(1140766759237126272L, 5266458174082947257L, -802262100021755075L);
        assertThat(IntStream.range(0, 2).mapToObj(i -> streams.uniform("task", i)))
                .containsExactly(0.3908132227620096, 0.8645076175137406);
        assertThat(streams.permutation("data order cola", 0, 8)).containsExactly(2, 3, 1, 4, 6, 0, 5, 7);
        assertThat(streams.normal("classifier.cola.weight", 3, 0.02))
                .containsExactly(0.019620806f, 0.009258079f, -0.006188201f);
    }

    @Test
    void aStreamIsTheSameHoweverOftenItIsAskedFor() {
        assertThat(streams.stream("dropout", 7).nextLong()).isEqualTo(new RandomStreams(42).seedFor("dropout", 7));
    }

    @Test
    void seedPurposeAndIndexEachMakeAnotherStream() {
        assertThat(LongStream.of(
                                streams.seedFor("dropout", 7),
                                streams.seedFor("dropout", 8),
                                streams.seedFor("task", 7),
                                new RandomStreams(43).seedFor("dropout", 7),
                                new RandomStreams(7).seedFor("dropout", 42))
                        .distinct())
                .hasSize(5);
    }

    @Test
    void aPermutationHasEveryNumberOnce() {
        int[] permutation = streams.permutation("data order", 3, 1_000);
        assertThat(permutation).isNotEqualTo(IntStream.range(0, 1_000).toArray());
        assertThat(Arrays.stream(permutation).sorted())
                .containsExactly(IntStream.range(0, 1_000).boxed().toArray(Integer[]::new));
    }

    @Test
    void uniformNumbersOfStepsFillTheInterval() {
        double[] numbers = IntStream.range(0, 10_000)
                .mapToDouble(i -> streams.uniform("task", i))
                .toArray();
        assertThat(Arrays.stream(numbers).allMatch(u -> u >= 0 && u < 1)).isTrue();
        assertThat(Arrays.stream(numbers).average().orElseThrow()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void normalNumbersHaveTheAskedDeviation() {
        float[] values = streams.normal("weight", 20_000, 0.02);
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
        double square = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] * values[i])
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.001));
        assertThat(Math.sqrt(square)).isCloseTo(0.02, within(0.0005));
    }
}
