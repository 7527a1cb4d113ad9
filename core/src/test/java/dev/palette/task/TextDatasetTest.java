package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.spec.RandomStreams;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TextDatasetTest {
    private static WordPiece wordPiece;

    private final LabelledTexts pairs = texts(List.of(
            new Example(0, "a cat", "a dog", 2.5),
            new Example(1, "the old cat sat there", "it sat", 5),
            new Example(2, "yes", null, Double.NaN)));

    @BeforeAll
    static void open() {
        wordPiece = RealVocabulary.wordPiece(true);
    }

    @AfterAll
    static void close() {
        wordPiece.close();
    }

    @Test
    void aBatchIsPaddedToItsLongest() {
        Batch batch = dataset(pairs, 32).batch(new int[] {2, 0});
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.width()).isEqualTo(7);
        assertThat(batch.lengths()).containsExactly(3, 7);
        assertThat(batch.inputIds()).containsExactly(101, 2748, 102, 0, 0, 0, 0, 101, 1037, 4937, 102, 1037, 3899, 102);
        assertThat(batch.tokenTypes()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
        assertThat(batch.examples()).containsExactly(2, 0);
    }

    @Test
    void scoresAreScaledForTheLossAndAMissingLabelStaysMissing() {
        assertThat(dataset(pairs, 32).batch(new int[] {0, 1, 2}).labels()).containsExactly(0.5f, 1f, Float.NaN);
    }

    @Test
    void longTextsAreTruncated() {
        assertThat(dataset(pairs, 6).lengths()).containsExactly(6, 6, 3);
    }

    @Test
    void trainingGoesThroughEpochAfterEpoch() {
        LabelledTexts examples = texts(IntStream.range(0, 10)
                .mapToObj(i -> new Example(i, "cat ".repeat(i), null, i % 2))
                .toList());
        TrainingOrder order =
                new TrainingOrder(dataset(examples, 32), BatchOrder.BUCKETED, 4, new RandomStreams(3), "cola");
        assertThat(order.batchesPerEpoch()).isEqualTo(3);
        for (long epoch = 0; epoch < 3; epoch++) {
            assertThat(LongStream.range(3 * epoch, 3 * epoch + 3)
                            .mapToObj(order::batch)
                            .flatMapToInt(batch -> IntStream.of(batch.examples()))
                            .sorted())
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void anyBatchCanBeAskedForWithoutThoseBeforeIt() {
        LabelledTexts examples = texts(IntStream.range(0, 50)
                .mapToObj(i -> new Example(i, "cat ".repeat(i % 9), null, 0))
                .toList());
        TrainingOrder straight =
                new TrainingOrder(dataset(examples, 32), BatchOrder.BUCKETED, 4, new RandomStreams(3), "cola");
        LongStream.range(0, 40).forEach(straight::batch);
        TrainingOrder resumed =
                new TrainingOrder(dataset(examples, 32), BatchOrder.BUCKETED, 4, new RandomStreams(3), "cola");
        assertThat(resumed.batch(40).examples()).isEqualTo(straight.batch(40).examples());
    }

    private static LabelledTexts texts(List<Example> examples) {
        return new LabelledTexts(new Target.Regression(0, 5), List.of(LabelMetric.PEARSON), examples, List.of());
    }

    private static Dataset dataset(LabelledTexts examples, int maxLength) {
        return examples.encode(wordPiece, maxLength);
    }
}
