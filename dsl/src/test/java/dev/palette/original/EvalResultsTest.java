package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The original's eval_results.txt. */
class EvalResultsTest {
    @Test
    void linesAreInTheOrderOfTheirKeysWithEveryDigit() {
        EvalResults results = new EvalResults()
                .add("global_step", 343L)
                .add("eval_loss", 1.0 / 3)
                .add("eval_accuracy", 0.5);

        assertThat(results.text()).isEqualTo("""
                eval_accuracy = 0.5
                eval_loss = 0.3333333333333333
                global_step = 343
                """);
    }
}
