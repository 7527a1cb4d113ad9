package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BatchTest {
    @Property
    void partsHaveEveryExampleOnceAndDifferByOneAtMost(
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 25) int parts,
            @ForAll @IntRange(min = 1, max = 3) int choices,
            @ForAll @IntRange(min = 1, max = 2) int numbers) {
        Batch batch = batch(rows, choices, numbers);

        List<Batch> divided = batch.parts(parts);

        assertThat(divided).hasSize(Math.min(rows, parts));
        int[] sizes = divided.stream().mapToInt(Batch::rows).toArray();
        assertThat(Arrays.stream(sizes).max().orElseThrow()
                        - Arrays.stream(sizes).min().orElseThrow())
                .isBetween(0, 1);
        assertThat(divided.stream()
                        .map(BatchTest::examples)
                        .flatMap(List::stream)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(examples(batch));
    }

    /** Sequences of two pieces whose numbers say where they stand. */
    private static Batch batch(int rows, int choices, int numbers) {
        int sequences = rows * choices;
        return new Batch(
                IntStream.range(0, rows).map(row -> 100 + row).toArray(),
                2,
                IntStream.range(0, 2 * sequences).asLongStream().toArray(),
                IntStream.range(0, 2 * sequences).mapToLong(i -> 1_000 + i).toArray(),
                IntStream.range(0, sequences).map(i -> 2_000 + i).toArray(),
                labels(rows * numbers));
    }

    private static float[] labels(int count) {
        float[] labels = new float[count];
        for (int i = 0; i < count; i++) {
            labels[i] = 3_000 + i;
        }
        return labels;
    }

    /** All numbers of each example. */
    private static List<String> examples(Batch batch) {
        int choices = batch.lengths().length / batch.rows();
        int numbers = batch.labels().length / batch.rows();
        List<String> examples = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            int sequence = row * choices;
            examples.add(batch.examples()[row]
                    + Arrays.toString(Arrays.copyOfRange(batch.inputIds(), 2 * sequence, 2 * (sequence + choices)))
                    + Arrays.toString(Arrays.copyOfRange(batch.tokenTypes(), 2 * sequence, 2 * (sequence + choices)))
                    + Arrays.toString(Arrays.copyOfRange(batch.lengths(), sequence, sequence + choices))
                    + Arrays.toString(Arrays.copyOfRange(batch.labels(), row * numbers, (row + 1) * numbers)));
        }
        return examples;
    }
}
