package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.spec.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LengthBucketsTest {
    @Property(tries = 200)
    void everyExampleComesOnceAnEpoch(
            @ForAll("lengths") int[] lengths, @ForAll @IntRange(min = 1, max = 9) int batchSize, @ForAll long seed) {
        List<int[]> epoch = LengthBuckets.epoch(lengths, batchSize, new RandomStreams(seed), "cola", 0);
        assertThat(flat(epoch).sorted()).containsExactlyElementsOf(allOf(lengths));
    }

    @Property(tries = 200)
    void atMostOneBatchIsShort(
            @ForAll("lengths") int[] lengths, @ForAll @IntRange(min = 1, max = 9) int batchSize, @ForAll long seed) {
        List<int[]> epoch = LengthBuckets.epoch(lengths, batchSize, new RandomStreams(seed), "cola", 0);
        assertThat(epoch).hasSize((lengths.length + batchSize - 1) / batchSize);
        assertThat(epoch.stream().filter(batch -> batch.length != batchSize)).hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 50)
    void anEpochFollowsFromSeedTaskAndNumber(@ForAll("lengths") int[] lengths, @ForAll long seed) {
        List<int[]> once = LengthBuckets.epoch(lengths, 4, new RandomStreams(seed), "cola", 3);
        List<int[]> again = LengthBuckets.epoch(lengths, 4, new RandomStreams(seed), "cola", 3);
        assertThat(once).usingRecursiveComparison().isEqualTo(again);
    }

    @Property(tries = 100)
    void evaluationTakesEveryExampleOnceFromTheLongestDown(
            @ForAll("lengths") int[] lengths, @ForAll @IntRange(min = 1, max = 9) int batchSize) {
        List<int[]> batches = LengthBuckets.evaluation(lengths, batchSize);
        assertThat(flat(batches).sorted()).containsExactlyElementsOf(allOf(lengths));
        int[] inOrder = flat(batches).map(i -> -lengths[i]).toArray();
        assertThat(inOrder).isSorted();
    }

    @Example
    void epochsTasksAndSeedsDiffer() {
        int[] lengths = IntStream.range(0, 300).map(i -> 5 + i % 40).toArray();
        RandomStreams random = new RandomStreams(1);
        int[] first = flat(LengthBuckets.epoch(lengths, 8, random, "cola", 0)).toArray();
        assertThat(flat(LengthBuckets.epoch(lengths, 8, random, "cola", 1)).toArray())
                .isNotEqualTo(first);
        assertThat(flat(LengthBuckets.epoch(lengths, 8, random, "mrpc", 0)).toArray())
                .isNotEqualTo(first);
        assertThat(flat(LengthBuckets.epoch(lengths, 8, new RandomStreams(2), "cola", 0))
                        .toArray())
                .isNotEqualTo(first);
    }

    @Example
    void batchesHoldExamplesOfLikeLength() {
        int[] lengths = IntStream.range(0, 1_600).map(i -> 4 + (i * 37) % 100).toArray();
        int padded = LengthBuckets.epoch(lengths, 16, new RandomStreams(5), "cola", 0).stream()
                .mapToInt(batch -> batch.length
                        * Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow())
                .sum();
        assertThat(padded).isLessThan(Arrays.stream(lengths).sum() * 105 / 100);
    }

    @Example
    void longAndShortBatchesComeMixed() {
        int[] lengths = IntStream.range(0, 800).map(i -> 4 + i % 100).toArray();
        int[] first = LengthBuckets.epoch(lengths, 16, new RandomStreams(5), "cola", 0).stream()
                .mapToInt(batch -> lengths[batch[0]])
                .toArray();
        int[] sorted = first.clone();
        Arrays.sort(sorted);
        assertThat(first).isNotEqualTo(sorted);
    }

    @Provide
    Arbitrary<int[]> lengths() {
        return Arbitraries.integers()
                .between(2, 128)
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(700);
    }

    private static IntStream flat(List<int[]> batches) {
        return batches.stream().flatMapToInt(Arrays::stream);
    }

    private static List<Integer> allOf(int[] lengths) {
        return IntStream.range(0, lengths.length).boxed().toList();
    }
}
