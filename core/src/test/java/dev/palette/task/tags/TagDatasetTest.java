package dev.palette.task.tags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.MajorityBaseline;
import dev.palette.task.Outputs;
import dev.palette.task.tags.TaggedSentences.Sentence;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagDatasetTest {
    private static final List<String> TAGS = List.of("B-PER", "I-PER", "O");

    private final WordPiece wordPiece = RealVocabulary.wordPiece(true);

    /** "cat" and "sat" are a piece each, "unaffable" is "una ##ffa ##ble", a control character none. */
    private final TaggedSentences sentences = new TaggedSentences(
            TAGS,
            List.of(
                    new Sentence(0, List.of("unaffable", "cat", "\u0001", "sat"), List.of("B-PER", "I-PER", "O", "O")),
                    new Sentence(2, List.of("cat"), List.of("O"))));

    @AfterEach
    void close() {
        wordPiece.close();
    }

    @Test
    void theFirstPieceOfATokenIsLabelled() {
        Batch batch = sentences.encode(wordPiece, 16).batch(new int[] {1, 0});

        assertThat(batch.width()).isEqualTo(7);
        assertThat(batch.inputIds()).startsWith(101, 4937, 102, 0, 0, 0, 0, 101).endsWith(4937, 2938, 102);
        assertThat(batch.labels())
                .containsExactly(-100, 2, -100, -100, -100, -100, -100, -100, 0, -100, -100, 1, 2, -100);
    }

    @Test
    void whatIsCutOffIsPredictedAsOutsideAndScored() {
        Dataset dataset = sentences.encode(wordPiece, 5); // of "unaffable" all three pieces, of "cat" none
        Outputs outputs = new Outputs(List.of(row(0, 1, 0, 2, 0), row(0, 2, 0)));

        assertThat(dataset.lengths()).containsExactly(5, 3);
        assertThat(dataset.remarks()).containsExactly("3 tokens lie beyond maxLength and are predicted as O");
        assertThat(dataset.scores(outputs).values())
                .containsEntry(TagMetric.ACCURACY, 3 / 5.0) // I-PER for B-PER, O for I-PER
                .containsEntry(TagMetric.PRECISION, 0.0);
        assertThat(dataset.predictions(outputs)).isEqualTo(Map.of(".conll", """
                unaffable\tB-PER\tI-PER
                cat\tI-PER\tO
                \tO\tO
                sat\tO\tO

                cat\tO\tO

                """.replace("\n\tO\tO", "\n\u0001\tO\tO")));
    }

    @Test
    void theCommonestTagIsTheBaseline() {
        Dataset dataset = sentences.encode(wordPiece, 16);

        assertThat(MajorityBaseline.scores(dataset.commonest().orElseThrow(), dataset)
                        .values())
                .containsEntry(TagMetric.ACCURACY, 3 / 5.0)
                .containsEntry(TagMetric.F1, 0.0);
    }

    @Test
    void aPartIsOfTheChosenSentences() {
        Dataset second = sentences.encode(wordPiece, 16).select(new int[] {1});

        assertThat(second.size()).isOne();
        assertThat(second.batch(new int[] {0}).labels()).containsExactly(-100, 2, -100);
        assertThat(second.answers(new Outputs(List.of(row(0, 0, 0)))))
                .extracting(answer -> answer.text())
                .containsExactly("B-PER");
    }

    /** Outputs whose largest value at each piece is that of a tag. */
    private static float[] row(int... tags) {
        float[] values = new float[TAGS.size() * tags.length];
        for (int i = 0; i < tags.length; i++) {
            values[TAGS.size() * i + tags[i]] = 1;
        }
        return values;
    }
}
