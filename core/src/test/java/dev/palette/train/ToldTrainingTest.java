package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.sampler.Bandit;
import dev.palette.sampler.LossDriven;
import dev.palette.sampler.Staged;
import dev.palette.sampler.TaskSampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What samplers are told of training is the same whoever trains, and however often it is interrupted. */
@Timeout(120)
class ToldTrainingTest {
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final LossDriven BY_LOSS = new LossDriven(3, 0, 60, 0.1, 0);
    private static final Bandit BY_GAIN = new Bandit(3, 0.01, 0);

    @TempDir
    Path folder;

    static Stream<TaskSampling> told() {
        return Stream.of(
                BY_LOSS, BY_GAIN, Staged.of(s -> s.stages(BY_LOSS, BY_GAIN).at(0.5)));
    }

    private static Training plan() {
        return TinyTraining.plan()
                .evaluate(new EvaluationPlan.Options()
                        .every(2)
                        .selectOn(new Selection.Dev())
                        .build())
                .build();
    }

    private TinyTraining run(String name, TaskSampling sampling, int replicas) {
        TinyTraining training = new TinyTraining(plan(), TinyTraining.DROPOUT, folder.resolve(name), sampling);
        Replicas.run(replicas, communicator -> training.train(communicator, new StopSignal(), SELDOM));
        return training;
    }

    @Test
    void whatTheyAreToldChangesWhatIsDrawn() {
        List<String> untold = run("untold", new LossDriven(1_000, 0, 60, 0.1, 0), 1).taken;
        assertThat(run("byLoss", BY_LOSS, 1).taken)
                .isNotEqualTo(untold)
                .startsWith(untold.get(0), untold.get(1), untold.get(2));
        assertThat(run("byGain", BY_GAIN, 1).taken).isNotEqualTo(untold);
    }

    @ParameterizedTest
    @MethodSource("told")
    void replicasDrawWhatOneDraws(TaskSampling sampling) {
        assertThat(run("several", sampling, 3).taken).isEqualTo(run("one", sampling, 1).taken);
    }

    @ParameterizedTest
    @MethodSource("told")
    void stoppedAfterAnyStepItDrawsAndEndsAsOneThatWasNot(TaskSampling sampling) {
        TinyTraining undisturbed = run("undisturbed", sampling, 1);
        for (int moment = 1; moment < 12; moment++) {
            Path checkpoints = folder.resolve("stopped" + moment);
            TinyTraining stopped = stoppedAt(moment, sampling, checkpoints);
            TinyTraining continued = new TinyTraining(plan(), TinyTraining.DROPOUT, checkpoints, sampling);
            continued.train(new StopSignal(), SELDOM);

            List<String> taken = new ArrayList<>(stopped.taken);
            taken.addAll(continued.taken);
            assertThat(taken).as("stopped at %d", moment).isEqualTo(undisturbed.taken);
            undisturbed.weights.forEach((name, values) ->
                    assertThat(continued.weights.get(name)).as(name).isEqualTo(values));
        }
    }

    private static TinyTraining stoppedAt(int moment, TaskSampling sampling, Path checkpoints) {
        StopSignal stop = new StopSignal();
        TinyTraining stopped = new TinyTraining(plan(), TinyTraining.DROPOUT, checkpoints, sampling) {
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
}
