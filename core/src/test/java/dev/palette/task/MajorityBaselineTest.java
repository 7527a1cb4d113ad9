package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MajorityBaselineTest {
    private static WordPiece wordPiece;

    @BeforeAll
    static void open() {
        wordPiece = RealVocabulary.wordPiece(true);
    }

    @AfterAll
    static void close() {
        wordPiece.close();
    }

    @Test
    void theCommonestTrainingClassIsPredicted() {
        Scores scores = majority(GlueLayout.MRPC, List.of(1, 0, 1), List.of(1, 1, 0, 1));
        assertThat(scores.values()).isEqualTo(Map.of(LabelMetric.ACCURACY, 0.75, LabelMetric.F1, 6.0 / 7));
    }

    @Test
    void aConstantHasNoCorrelation() {
        assertThat(majority(GlueLayout.COLA, List.of(1, 1, 0), List.of(1, 0)).mean())
                .isZero();
        assertThat(majority(GlueLayout.STS, List.of(1, 4), List.of(2, 3)).mean())
                .isZero();
    }

    @Test
    void theFirstOfEquallyCommonClassesIsPredicted() {
        assertThat(majority(GlueLayout.RTE, List.of(1, 0), List.of(0, 0, 0, 1)).mean())
                .isEqualTo(0.75);
    }

    private static Scores majority(GlueLayout layout, List<Integer> train, List<Integer> dev) {
        return MajorityBaseline.scores(
                labelled(layout, train).commonest().orElseThrow(),
                labelled(layout, dev).encode(wordPiece, 8));
    }

    private static LabelledTexts labelled(GlueLayout layout, List<Integer> labels) {
        List<Example> examples = labels.stream()
                .map(label -> new Example(0, "text", null, label))
                .toList();
        return new LabelledTexts(layout.target(), layout.metrics(), examples, List.of());
    }
}
