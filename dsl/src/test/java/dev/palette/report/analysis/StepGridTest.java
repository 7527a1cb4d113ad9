package dev.palette.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How curves are made small enough to be drawn. */
class StepGridTest {
    @Test
    void fewStepsAreKeptAsTheyAre() {
        Series first = series(10, 20, 30);
        Series second = series(20, 40);

        StepGrid grid = StepGrid.of(List.of(first, second), 4);

        assertThat(grid.ends()).containsExactly(10, 20, 30, 40);
        assertThat(grid.means(first)).containsExactly(10, 20, 30, Double.NaN);
        assertThat(grid.means(second)).containsExactly(Double.NaN, 20, Double.NaN, 40);
    }

    @Test
    void manyStepsBecomeMeansOfEqualParts() {
        Series series = series(IntStream.rangeClosed(1, 100).toArray());

        StepGrid grid = StepGrid.of(List.of(series), 4);

        assertThat(grid.ends()).containsExactly(25, 50, 75, 100);
        assertThat(grid.means(series)).containsExactly(13, 38, 63, 88);
    }

    @Test
    void whatIsNotFiniteTakesNoPartInAMean() {
        Series series = new Series();
        series.add(1, 2);
        series.add(1, Double.NaN);
        series.add(1, Double.POSITIVE_INFINITY);
        series.add(2, Double.NaN);

        assertThat(StepGrid.of(List.of(series), 5).means(series)).containsExactly(2, Double.NaN);
    }

    @Property(tries = 50)
    void everyValueFallsInOnePart(
            @ForAll @IntRange(min = 1, max = 300) int steps, @ForAll @IntRange(min = 1, max = 50) int most) {
        Series series = series(IntStream.rangeClosed(1, steps).toArray());

        StepGrid grid = StepGrid.of(List.of(series), most);

        assertThat(grid.ends()).hasSizeLessThanOrEqualTo(most).isSorted().endsWith(steps);
        assertThat(IntStream.of(grid.counts(series)).sum()).isEqualTo(steps);
        assertThat(DoubleStream.of(grid.means(series)).noneMatch(Double::isNaN)).isTrue();
    }

    private static Series series(int... steps) {
        Series series = new Series();
        IntStream.of(steps).forEach(step -> series.add(step, step));
        return series;
    }
}
