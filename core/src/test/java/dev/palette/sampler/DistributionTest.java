package dev.palette.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.spec.PaletteException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for tasks of any sizes. */
class DistributionTest {

    @Property(tries = 200)
    void probabilitiesAreSharesOfOne(
            @ForAll("sizes") long[] sizes, @ForAll @DoubleRange(min = 0, max = 1) double alpha) {
        double[] probabilities = Distribution.power(TaskSizes.of(sizes), alpha).probabilities();
        assertThat(probabilities).hasSameSizeAs(sizes);
        assertThat(Arrays.stream(probabilities)).allMatch(p -> p > 0 && p <= 1);
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-12));
    }

    @Property(tries = 200)
    void aLargerTaskIsNeverLessLikely(
            @ForAll("sizes") long[] sizes, @ForAll @DoubleRange(min = 0, max = 1) double alpha) {
        Arrays.sort(sizes);
        assertThat(Distribution.power(TaskSizes.of(sizes), alpha).probabilities())
                .isSorted();
    }

    @Property(tries = 200)
    void aLargerNumberNeverDrawsAnEarlierTask(
            @ForAll("sizes") long[] sizes,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double one,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double other) {
        Distribution distribution = Distribution.power(TaskSizes.of(sizes), 0.5);
        int low = distribution.draw(Math.min(one, other));
        int high = distribution.draw(Math.max(one, other));
        assertThat(low).isBetween(0, high);
        assertThat(high).isLessThan(sizes.length);
    }

    @Property(tries = 100)
    void anExponentOfZeroMakesAllTasksEquallyLikely(@ForAll("sizes") long[] sizes) {
        assertThat(Distribution.power(TaskSizes.of(sizes), 0).probabilities())
                .containsOnly(new double[] {1.0 / sizes.length}, within(1e-12));
    }

    @Property(tries = 100)
    void aTaskWithoutExamplesIsAnError(
            @ForAll("sizes") long[] sizes,
            @ForAll @IntRange(max = 19) int which,
            @ForAll @DoubleRange(min = 0, max = 1) double alpha) {
        sizes[which % sizes.length] = 0;
        assertThatThrownBy(() -> Distribution.power(TaskSizes.of(sizes), alpha))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(Arrays.toString(sizes))
                .hasMessageContaining("each needs training examples");
    }

    @Provide
    Arbitrary<long[]> sizes() {
        return Arbitraries.longs()
                .between(1, 1_000_000_000)
                .array(long[].class)
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
