package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TrainExamplesTest {
    @Property(tries = 200)
    void classesAreInProportionAndSmallerPartsLieInLarger(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 3) Integer> classes,
            @ForAll @IntRange(min = 1, max = 60) int some,
            @ForAll long seed) {
        int n = Math.min(some, classes.size());
        int[] chosen = chosen(classes, n, seed);

        assertThat(chosen).hasSize(n).isSorted().doesNotHaveDuplicates();
        Map<Integer, Long> all = counts(classes.stream());
        Map<Integer, Long> taken = counts(Arrays.stream(chosen).mapToObj(classes::get));
        all.forEach((each, count) -> assertThat(
                        Math.abs(taken.getOrDefault(each, 0L) - (double) count * n / classes.size()))
                .as("of class %d", each)
                .isLessThanOrEqualTo(all.size() / 2.0));
        if (n < classes.size()) {
            assertThat(chosen(classes, n + 1, seed)).contains(chosen);
        }
    }

    @Test
    void theSeedAndTheTaskDecide() {
        List<Integer> classes = IntStream.range(0, 200).mapToObj(i -> i % 2).toList();

        assertThat(chosen(classes, 20, 1)).isEqualTo(chosen(classes, 20, 1)).isNotEqualTo(chosen(classes, 20, 2));
        assertThat(TrainExamples.of(task("b", 20), new Classes(classes), new RandomStreams(1))
                        .orElseThrow())
                .isNotEqualTo(chosen(classes, 20, 1));
    }

    @Test
    void ofADevSetEveryTrialSeesTheSame() {
        Classes dev = new Classes(IntStream.range(0, 200).mapToObj(i -> i / 150).toList());
        Evaluation matched = new Evaluation("mnli", Split.DEV);

        Classes some = (Classes) DevExamples.of(matched, dev, 40);
        assertThat(counts(some.list().stream())).isEqualTo(Map.of(0, 30L, 1, 10L));
        assertThat(DevExamples.of(matched, dev, 40)).isEqualTo(some);
        assertThat(DevExamples.of(matched, dev, 200)).isSameAs(dev);
    }

    @Test
    void fewerThanThereShouldBeIsAnError() {
        assertThatThrownBy(() -> chosen(List.of(0, 1), 3, 1))
                .isInstanceOf(PaletteException.class)
                .hasMessage("task 'a' has 2 training examples, fewer than trainExamples 3");
        assertThatThrownBy(() -> task("a", 0))
                .hasMessageContaining("trainExamples is 0, expected a whole number of at least 1");
    }

    @Test
    void withoutTheOptionAllAreTrainedOn() {
        Task all = new GlueTask(GlueLayout.COLA, "a", "a");

        assertThat(TrainExamples.of(all, new Classes(List.of(0)), new RandomStreams(1)))
                .isEmpty();
        assertThat(all.remarks()).isEmpty();
        assertThat(task("a", 1_000).remarks())
                .containsExactly("a: trained on 1,000 of its training examples, other ones for each seed.");
    }

    private static int[] chosen(List<Integer> classes, int count, long seed) {
        return TrainExamples.of(task("a", count), new Classes(classes), new RandomStreams(seed))
                .orElseThrow();
    }

    private static GlueTask task(String name, int count) {
        return new GlueTask.Options(GlueLayout.COLA)
                .name(name)
                .trainExamples(count)
                .build();
    }

    private static Map<Integer, Long> counts(java.util.stream.Stream<Integer> classes) {
        return classes.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** A dataset of which only the classes are known. */
    private record Classes(List<Integer> list) implements Dataset {
        @Override
        public int[] classes() {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public int[] lengths() {
            return new int[list.size()];
        }

        @Override
        public Dataset select(int[] items) {
            return new Classes(IntStream.of(items).mapToObj(list::get).toList());
        }

        @Override
        public Batch batch(int[] indices) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Scores scores(Outputs outputs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> predictions(Outputs outputs) {
            throw new UnsupportedOperationException();
        }
    }
}
