package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
    private final Target threeClasses = new Target.Classification(List.of("contradiction", "entailment", "neutral"));
    private final Target score = new Target.Regression(0, 5);

    @Test
    void aClassIsItsPlaceAmongTheLabels() {
        assertThat(threeClasses.parse("neutral")).hasValue(2);
        assertThat(threeClasses.parse("Neutral")).isEmpty();
    }

    @Test
    void aScoreLiesInItsRange() {
        assertThat(score.parse("4.200")).hasValue(4.2);
        assertThat(score.parse("5.1")).isEmpty();
        assertThat(score.parse("NaN")).isEmpty();
        assertThat(score.parse("high")).isEmpty();
    }

    @Test
    void theLargestLogitIsPredicted() {
        assertThat(threeClasses.predictions(Outputs.of(new float[] {0, 3, 1, 2, 2, -1}, 3)))
                .containsExactly(1, 0);
    }

    @Test
    void aScoreIsPredictedWithinItsRange() {
        assertThat(score.predictions(Outputs.of(new float[] {0.5f, -0.2f, 1.7f}, 1)))
                .containsExactly(2.5, 0, 5);
    }

    @Test
    void anOutputThatIsNotANumberSaysThatTrainingDiverged() {
        assertThatThrownBy(() -> Outputs.of(new float[] {0.5f, Float.NaN}, 1))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("example 1")
                .hasMessageContaining("diverged");
    }
}
