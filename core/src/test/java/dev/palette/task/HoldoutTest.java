package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
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
        Holdout holdout = Holdout.of(examples(100), 0.1, random, "cola");
        assertThat(rows(holdout.selection())).hasSize(10).isSorted();
        assertThat(rows(holdout.training())).hasSize(90).isSorted();
        assertThat(Stream.concat(rows(holdout.training()).stream(), rows(holdout.selection()).stream())
                        .distinct())
                .hasSize(100);
    }

    @Test
    void seedAndTaskChoose() {
        List<Integer> chosen =
                rows(Holdout.of(examples(100), 0.1, random, "cola").selection());
        assertThat(rows(Holdout.of(examples(100), 0.1, new RandomStreams(1), "cola")
                        .selection()))
                .isEqualTo(chosen);
        assertThat(rows(Holdout.of(examples(100), 0.1, random, "mrpc").selection()))
                .isNotEqualTo(chosen);
        assertThat(rows(Holdout.of(examples(100), 0.1, new RandomStreams(2), "cola")
                        .selection()))
                .isNotEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"2, 0.001, 1", "2, 0.999, 1", "5, 0.999, 4", "3, 0.1, 1"})
    void neitherSideIsEmpty(int n, double share, int taken) {
        Holdout holdout = Holdout.of(examples(n), share, random, "cola");
        assertThat(holdout.selection().size()).isEqualTo(taken);
        assertThat(holdout.training().size()).isEqualTo(n - taken);
    }

    @Test
    void oneExampleCannotBeDivided() {
        assertThatThrownBy(() -> Holdout.of(examples(1), 0.1, random, "cola"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("task 'cola' has 1 training example");
    }

    private static Examples examples(int n) {
        return new LabelledTexts(
                new Target.Classification(List.of("no", "yes")),
                List.of(LabelMetric.ACCURACY),
                IntStream.range(0, n)
                        .mapToObj(i -> new Example(i, "text", null, 0))
                        .toList(),
                List.of());
    }

    private static List<Integer> rows(Examples examples) {
        return ((LabelledTexts) examples).list().stream().map(Example::row).toList();
    }
}
