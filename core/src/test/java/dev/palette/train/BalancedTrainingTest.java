package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.balance.Equal;
import dev.palette.balance.Fixed;
import dev.palette.balance.GradNorm;
import dev.palette.balance.LossBalancing;
import dev.palette.balance.PcGrad;
import dev.palette.balance.Uncertainty;
import dev.palette.sampler.Proportional;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of several tasks, however weighed: a stopped trial and several replicas come to what one comes to. */
class BalancedTrainingTest {
    private static final Duration SELDOM = Duration.ofHours(1);

    @TempDir
    Path folder;

    static Stream<LossBalancing> methods() {
        return Stream.of(
                new Equal(),
                new Fixed(Map.of("spans", 0.2)),
                new Uncertainty(0.1),
                new GradNorm(1.5, 0.05),
                new PcGrad());
    }

    private static Training plan(LossBalancing balancing) {
        return TinyTraining.plan()
                .steps(6)
                .batchesPerStep(3)
                .balance(balancing)
                .accumulate(2)
                .evaluate(new EvaluationPlan.Options()
                        .every(2)
                        .selectOn(new Selection.Dev())
                        .build())
                .build();
    }

    private TinyTraining run(String name, Training plan, int replicas, boolean dropout) {
        TinyTraining training = new TinyTraining(
                plan,
                dropout ? TinyTraining.DROPOUT : TinyTraining.NO_DROPOUT,
                folder.resolve(name),
                new Proportional());
        Replicas.run(replicas, communicator -> training.train(communicator, new StopSignal(), SELDOM));
        return training;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void replicasHaveTheNumbersOfOne(LossBalancing balancing) {
        TinyTraining one = run("one", plan(balancing), 1, false);
        TinyTraining several = run("several", plan(balancing), 2, false);

        assertThat(one.taken).hasSize(18);
        assertThat(several.taken).isEqualTo(one.taken);
        assertThat(several.weighed).hasSameSizeAs(one.weighed);
        one.weights.forEach((name, values) ->
                assertThat(several.weights.get(name)).as(name).containsExactly(values, within(1e-5f)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void stoppedAfterAnyStepItEndsAsOneThatWasNot(LossBalancing balancing) {
        TinyTraining undisturbed = run("undisturbed", plan(balancing), 1, true);
        for (int moment = 1; moment < 6; moment++) {
            Path checkpoints = folder.resolve("stopped" + moment);
            TinyTraining stopped = stoppedAt(moment, balancing, checkpoints);
            TinyTraining continued =
                    new TinyTraining(plan(balancing), TinyTraining.DROPOUT, checkpoints, new Proportional());
            continued.train(new StopSignal(), SELDOM);

            List<String> weighed = new ArrayList<>(stopped.weighed);
            weighed.addAll(continued.weighed);
            assertThat(weighed).isEqualTo(undisturbed.weighed);
            List<String> taken = new ArrayList<>(stopped.taken);
            taken.addAll(continued.taken);
            assertThat(taken).as("stopped at %d", moment).isEqualTo(undisturbed.taken);
            undisturbed.weights.forEach((name, values) ->
                    assertThat(continued.weights.get(name)).as(name).isEqualTo(values));
        }
    }

    private static TinyTraining stoppedAt(int moment, LossBalancing balancing, Path checkpoints) {
        StopSignal stop = new StopSignal();
        TinyTraining stopped =
                new TinyTraining(plan(balancing), TinyTraining.DROPOUT, checkpoints, new Proportional()) {
                    @Override
                    public void stepped(long step, String task, double loss, long tokens, double seconds) {
                        super.stepped(step, task, loss, tokens, seconds);
                        if (step == moment) {
                            stop.request();
                        }
                    }
                };
        stopped.train(stop, SELDOM);
        assertThat(stopped.ended).isFalse();
        return stopped;
    }

    @Test
    void everyMethodTrainsOtherwise() {
        List<float[]> ends = methods()
                .map(balancing -> run(balancing.label(), plan(balancing), 1, true)
                        .weights
                        .get("bert.encoder.layer.1.output.dense.weight"))
                .toList();
        for (int i = 0; i < ends.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(ends.get(i)).as("%d and %d", i, j).isNotEqualTo(ends.get(j));
            }
        }
    }

    @Test
    void learntWeightsAreToldAtEachEvaluation() {
        assertThat(run("told", plan(new GradNorm(1.5, 0.05)), 1, true).weighed)
                .hasSize(9)
                .anySatisfy(line -> assertThat(line).startsWith("2 classes "))
                .anySatisfy(line -> assertThat(line).startsWith("6 spans "));
        assertThat(run("untold", plan(new PcGrad()), 1, true).weighed).isEmpty();
    }
}
