package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many steps the original's epochs are. */
class EpochsTest {
    @Test
    void thePapersRunHas60000Steps() {
        Epochs epochs = Epochs.sampled(8, 25);

        assertThat(epochs.steps()).isEqualTo(60_000);
        assertThat(epochs.every()).isEqualTo(2_400);
        assertThat(epochs.whole()).isEqualTo(25);
    }

    @Test
    void threeEpochsOfMrpcAre343StepsOf32() {
        assertThat(Epochs.over(3_668, 32, 3).steps()).isEqualTo(343); // int(3668 / 32 * 3), as the original has it
    }

    @Test
    void aSetSmallerThanABatchStillHasAStep() {
        Epochs epochs = Epochs.over(5, 32, 1);

        assertThat(epochs.steps()).isEqualTo(1);
        assertThat(epochs.every()).isEqualTo(1);
    }

    @Test
    void aFractionOfAnEpochIsTrained() {
        assertThat(Epochs.sampled(8, 0.01).steps()).isEqualTo(24);
        assertThat(Epochs.sampled(8, 0.01).whole()).isEqualTo(1);
    }
}
