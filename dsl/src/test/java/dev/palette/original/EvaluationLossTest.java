package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.task.Outputs;
import dev.palette.task.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The original's eval_loss, by hand. */
class EvaluationLossTest {
    private static final Target BINARY = new Target.Classification(List.of("0", "1"));

    @Test
    void ofEqualLogitsItIsTheLogarithmOfTheNumberOfClasses() {
        Outputs outputs = Outputs.of(new float[] {0.3f, 0.3f, -2, -2}, 2);

        assertThat(new EvaluationLoss(BINARY, 8).of(outputs, new double[] {0, 1}))
                .isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void largeLogitsDoNotOverflow() {
        assertThat(new EvaluationLoss(BINARY, 8).of(Outputs.of(new float[] {1_000, 0}, 2), new double[] {1}))
                .isCloseTo(1_000, within(1e-9));
    }

    @Test
    void theLastShortBatchWeighsAsMuchAsAFullOne() {
        Outputs outputs = Outputs.of(new float[] {1, 0, 0.25f}, 1); // scores on [0, 1]; labels 0, 0 and 1.25 of 5
        double loss = new EvaluationLoss(new Target.Regression(0, 5), 2).of(outputs, new double[] {0, 0, 1.25});

        assertThat(loss).isCloseTo((0.5 + 0) / 2, within(1e-12)); // the mean over examples would be 1/3
    }
}
