package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.DivergedException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rate at which the loss runs away within a few steps, and what is done then. */
@Timeout(120)
class DivergenceTest {
    private static final double LIMIT = 10;
    private static final double TOO_HIGH = 0.2;
    private static final Duration SELDOM = Duration.ofHours(1);

    @TempDir
    Path folder;

    private int runs;

    @Test
    void aLossBeyondTheLimitEndsTheTrialNamingStepTaskAndExamples() {
        TinyTraining training = training(plan(new Recovery.Stop()));
        assertThatThrownBy(() -> training.train(new StopSignal(), SELDOM))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching(
                        "training diverged: the loss of step [1-9] \\(task '\\w+', examples \\[(\\d+(, )?){7}]\\) is [\\d.]+, beyond train.lossLimit 10.0; try .*");
    }

    @Test
    void withoutALimitOnlyWhatIsNoNumberHasDiverged() {
        Training plan = plan(new Recovery.Stop()).toBlock().lossLimit(0).build();
        TinyTraining training = training(plan);
        training.train(new StopSignal(), SELDOM);
        assertThat(training.losses).hasSize(12).anyMatch(loss -> loss > LIMIT);
    }

    @Test
    void goingBackTakesTheStepsAgainWithLowerRates() {
        TinyTraining training = training(plan(new Recovery.GoBack(0.1, 4, 5)));
        training.train(new StopSignal(), SELDOM);

        assertThat(training.ended).isTrue();
        assertThat(training.wentBack)
                .singleElement()
                .asString()
                .endsWith("going back to step 5, with 0.1 of the plan's learning rates");
        assertThat(training.taken).hasSizeGreaterThan(12).endsWith("12 spans");
        assertThat(training.losses).allMatch(loss -> loss <= LIMIT);
        assertThat(training.remarks)
                .singleElement()
                .asString()
                .startsWith("training diverged and went back " + training.wentBack.size() + " times");
    }

    @Test
    void afterTheLastTimeTheTrialEnds() {
        TinyTraining training = training(plan(new Recovery.GoBack(0.999, 2, 3)));
        assertThatThrownBy(() -> training.train(new StopSignal(), SELDOM))
                .isInstanceOf(DivergedException.class)
                .hasMessageEndingWith("(it went back 2 times, which train.onDivergence allows)");
        assertThat(training.wentBack).hasSize(2);
    }

    @ParameterizedTest(name = "checkpoints by the clock: {0}")
    @ValueSource(booleans = {false, true})
    void killedAtEveryMomentItEndsWithTheBitsOfAnUndisturbedTrial(boolean clock) {
        Training plan = plan(new Recovery.GoBack(0.1, 4, 5));
        TinyTraining undisturbed = training(plan);
        undisturbed.train(new StopSignal(), SELDOM);
        assertThat(undisturbed.wentBack).isNotEmpty();

        for (int moment = 1; moment <= undisturbed.taken.size(); moment += 2) {
            TinyTraining killed = new KilledAfter(moment, plan, folder.resolve("clock" + clock + moment));
            assertThatThrownBy(() -> killed.train(new StopSignal(), clock ? Duration.ofNanos(1) : SELDOM))
                    .isInstanceOf(Killed.class);
            TinyTraining continued =
                    new TinyTraining(plan, TinyTraining.DROPOUT, folder.resolve("clock" + clock + moment));
            continued.train(new StopSignal(), clock ? Duration.ofNanos(1) : SELDOM);

            assertThat(continued.ended).isTrue();
            assertThat(continued.remarks).isEqualTo(undisturbed.remarks);
            undisturbed.weights.forEach((name, values) ->
                    assertThat(continued.weights.get(name)).as(name).isEqualTo(values));
        }
    }

    @Test
    void replicasGoBackTogether() {
        Training plan = plan(new Recovery.GoBack(0.1, 4, 100));
        TinyTraining one = training(plan.toBlock().accumulate(2).build());
        one.train(new StopSignal(), SELDOM);
        TinyTraining two = training(plan);
        Replicas.run(2, communicator -> two.train(communicator, new StopSignal(), SELDOM));

        assertThat(two.taken).isEqualTo(one.taken);
        assertThat(two.remarks).isEqualTo(one.remarks);
    }

    private static Training plan(Recovery recovery) {
        return TinyTraining.plan()
                .optimizer(TinyTraining.optimizer(TOO_HIGH))
                .lossLimit(LIMIT)
                .onDivergence(recovery)
                .build();
    }

    private TinyTraining training(Training plan) {
        return new TinyTraining(plan, TinyTraining.DROPOUT, folder.resolve("run" + runs++));
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Ends at a step as if the process did: nothing is written any more. */
    private static final class KilledAfter extends TinyTraining {
        private final int moment;

        KilledAfter(int moment, Training plan, Path checkpoints) {
            super(plan, TinyTraining.DROPOUT, checkpoints);
            this.moment = moment;
        }

        @Override
        public void stepped(long step, String task, double loss, long tokens, double seconds) {
            super.stepped(step, task, loss, tokens, seconds);
            if (taken.size() == moment) {
                throw new Killed();
            }
        }
    }
}
