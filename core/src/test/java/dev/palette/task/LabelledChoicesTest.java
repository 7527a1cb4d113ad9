package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.task.LabelledChoices.Choice;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelledChoicesTest {
    private final LabelledChoices examples = new LabelledChoices(
            List.of("0", "1", "2"),
            List.of(LabelMetric.ACCURACY),
            List.of(
                    new Choice(0, "a cat", List.of("sat", "a dog sat", "ran"), 1),
                    new Choice(2, "yes", List.of("no", "no", "yes"), 2)),
            List.of());

    @Test
    void eachChoiceIsASequenceBesideItsText() {
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            Dataset dataset = examples.encode(wordPiece, 32);
            assertThat(dataset.lengths()).containsExactly(8, 5);

            Batch batch = dataset.batch(new int[] {1, 0});

            assertThat(batch.rows()).isEqualTo(2);
            assertThat(batch.width()).isEqualTo(8);
            assertThat(batch.lengths()).containsExactly(5, 5, 5, 6, 8, 6);
            assertThat(batch.inputIds()).hasSize(6 * 8).startsWith(101, 2748, 102, 2053, 102, 0, 0, 0);
            assertThat(batch.labels()).containsExactly(2, 1);
        }
    }

    @Test
    void theChoiceOfTheLargestValueIsPredicted() {
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            Dataset dataset = examples.encode(wordPiece, 32);
            Outputs outputs = Outputs.of(new float[] {0, 2, 1, 0.5f, -1, 0}, 3);

            assertThat(dataset.scores(outputs).values()).isEqualTo(Map.of(LabelMetric.ACCURACY, 0.5));
            assertThat(dataset.predictions(outputs)).isEqualTo(Map.of(".tsv", """
                    index\tprediction\tlabel\tlogit_0\tlogit_1\tlogit_2
                    0\t1\t1\t0.0\t2.0\t1.0
                    2\t0\t2\t0.5\t-1.0\t0.0
                    """));
        }
    }

    @Test
    void everyExampleHasTheSameNumberOfChoices() {
        assertThatThrownBy(() -> new LabelledChoices(List.of("0", "1"), examples.metrics(), examples.list(), List.of()))
                .hasMessage("row 0 has 3 choices, not 2");
    }
}
