package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.spec.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which examples an epoch has, and when they come, is not for lengths to say. */
class BatchOrderTest {
    /** So rarely does a test of a true hypothesis fail; with the seeds below it never does. */
    private static final double SIGNIFICANCE = 1e-4;

    @Property(tries = 200)
    void everyOrderTakesEveryExampleOnceAnEpoch(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 2, max = 512) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 9) int batchSize,
            @ForAll BatchOrder order,
            @ForAll @IntRange(max = 3) int epoch,
            @ForAll long seed) {
        LengthsOnly dataset = dataset(lengths.stream().mapToInt(i -> i).toArray());
        TrainingOrder training = new TrainingOrder(dataset, order, batchSize, new RandomStreams(seed), "cola");
        long first = (long) epoch * training.batchesPerEpoch();
        int[] seen = LongStream.range(first, first + training.batchesPerEpoch())
                .mapToObj(training::batch)
                .flatMapToInt(batch -> Arrays.stream(batch.examples()))
                .sorted()
                .toArray();
        assertThat(seen).isEqualTo(IntStream.range(0, lengths.size()).toArray());
    }

    @Property(tries = 100)
    void allOrdersShuffleAlike(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 2, max = 512) Integer> lengths, @ForAll long seed) {
        int[] own = lengths.stream().mapToInt(i -> i).toArray();
        RandomStreams random = new RandomStreams(seed);
        List<int[]> whole = BatchOrder.SHUFFLED.epoch(own, own.length, random, "cola", 0);
        List<int[]> bucket = BatchOrder.BUCKETED.epoch(own, own.length, random, "cola", 0);
        int[] sorted = Arrays.stream(whole.get(0))
                .boxed()
                .sorted((a, b) -> own[a] - own[b]) // stable: of one length as shuffled
                .mapToInt(i -> i)
                .toArray();
        assertThat(bucket.get(0)).isEqualTo(sorted);
    }

    /** Three pools of 50 batches; each example's place is counted in tenths of an epoch, over 1,000 epochs. */
    @ParameterizedTest
    @EnumSource
    void anExampleOfAnyLengthComesAnywhereInTheEpoch(BatchOrder order) {
        int[] lengths = IntStream.range(0, 300).map(i -> 3 + i * i / 300).toArray(); // few are long
        int[] watched = {0, 150, 299};
        Map<Integer, long[]> places = new HashMap<>();
        RandomStreams random = new RandomStreams(11);
        for (int epoch = 0; epoch < 1_000; epoch++) {
            List<int[]> batches = order.epoch(lengths, 2, random, "cola", epoch);
            for (int number = 0; number < batches.size(); number++) {
                int tenth = number * 10 / batches.size();
                Arrays.stream(batches.get(number))
                        .forEach(example -> places.computeIfAbsent(example, unused -> new long[10])[tenth]++);
            }
        }
        double[] uniform = new double[10];
        Arrays.fill(uniform, 100);
        for (int example : watched) {
            assertThat(new ChiSquareTest().chiSquareTest(uniform, places.get(example)))
                    .as("example %d of %d pieces, %s", example, lengths[example], Arrays.toString(places.get(example)))
                    .isGreaterThan(SIGNIFICANCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalThreadsSeeTheSameBatches(BatchOrder order) {
        LengthsOnly dataset =
                dataset(IntStream.range(0, 100).map(i -> 3 + i % 40).toArray());
        TrainingOrder straight = new TrainingOrder(dataset, order, 8, new RandomStreams(2), "cola");
        TrainingOrder shared = new TrainingOrder(dataset, order, 8, new RandomStreams(2), "cola");
        List<int[]> expected = LongStream.range(0, 200)
                .mapToObj(i -> straight.batch(i).examples())
                .toList();
        List<int[]> found = LongStream.range(0, 200)
                .parallel()
                .mapToObj(i -> shared.batch(i).examples())
                .toList();
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }

    private static LengthsOnly dataset(int[] lengths) {
        return new LengthsOnly(lengths);
    }
}
