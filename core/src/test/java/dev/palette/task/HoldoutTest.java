package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldoutTest {
    private final RandomStreams random = new RandomStreams(1);

    @Test
    void everyExampleIsOnOneSide() {
        Holdout holdout = holdout(100, 0.1, random, "cola");
        assertThat(rows(holdout.selection())).hasSize(10).isSorted();
        assertThat(rows(holdout.training())).hasSize(90).isSorted();
        assertThat(Stream.concat(rows(holdout.training()).stream(), rows(holdout.selection()).stream())
                        .distinct())
                .hasSize(100);
    }

    @Test
    void seedAndTaskChoose() {
        List<Integer> chosen = rows(holdout(100, 0.1, random, "cola").selection());
        assertThat(rows(holdout(100, 0.1, new RandomStreams(1), "cola").selection()))
                .isEqualTo(chosen);
        assertThat(rows(holdout(100, 0.1, random, "mrpc").selection())).isNotEqualTo(chosen);
        assertThat(rows(holdout(100, 0.1, new RandomStreams(2), "cola").selection()))
                .isNotEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"2, 0.001, 1", "2, 0.999, 1", "5, 0.999, 4", "3, 0.1, 1"})
    void neitherSideIsEmpty(int n, double share, int taken) {
        Holdout holdout = holdout(n, share, random, "cola");
        assertThat(holdout.selection().size()).isEqualTo(taken);
        assertThat(holdout.training().size()).isEqualTo(n - taken);
    }

    @Test
    void oneExampleCannotBeDivided() {
        assertThatThrownBy(() -> holdout(1, 0.1, random, "cola"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("task 'cola' has 1 training example");
    }

    @Test
    void eachSideIsReadAsItIsUsed() {
        Dataset toTrain = numbered(IntStream.range(0, 20));
        Dataset toPredict = numbered(IntStream.range(1_000, 1_020));
        Holdout holdout = Holdout.of(toTrain, toPredict, 0.5, random, "squad");
        assertThat(rows(holdout.training())).allMatch(row -> row < 20);
        assertThat(rows(holdout.selection())).allMatch(row -> row >= 1_000);
    }

    private static Holdout holdout(int n, double share, RandomStreams random, String task) {
        Dataset dataset = numbered(IntStream.range(0, n));
        return Holdout.of(dataset, dataset, share, random, task);
    }

    /** Examples whose numbers are their lengths. */
    private static Dataset numbered(IntStream numbers) {
        return new LengthsOnly(numbers.toArray());
    }

    private static List<Integer> rows(Dataset dataset) {
        return Arrays.stream(dataset.lengths()).boxed().toList();
    }
}
