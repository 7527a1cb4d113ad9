package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.sampler.Annealed;
import dev.palette.sampler.Bandit;
import dev.palette.sampler.Dynamic;
import dev.palette.sampler.LossDriven;
import dev.palette.sampler.Only;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.sampler.Staged;
import dev.palette.sampler.TaskSampling;
import dev.palette.sampler.Temperature;
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

/** Whatever the sampler, tasks are drawn while they are there, and a stopped trial continues as if it had not been. */
class AttendingTrainingTest {
    private static final Duration SELDOM = Duration.ofHours(1);

    /** "scores" joins after a quarter of twelve steps, "spans" leaves after eight. */
    private static final Attendance TURNS = new Attendance(Map.of("scores", 0.25), Map.of("spans", 8.0), 0);

    @TempDir
    Path folder;

    static Stream<TaskSampling> samplers() {
        return Stream.of(
                new RoundRobin(),
                new Proportional(),
                new SquareRoot(),
                new Annealed(1, 0.2, 3),
                new Temperature(5, 100),
                new LossDriven(2, 0, 60, 0.1, 0.1),
                new Bandit(3, 0.01, 0.1),
                new Dynamic(Map.of("classes", 0.9, "scores", 0.9, "spans", 0.9), 0.1),
                Only.of(o -> o.tasks("scores", "classes")),
                Staged.of(s -> s.stages(new LossDriven(2, 0, 60, 0.1, 0.1), new Bandit(3, 0.01, 0.1))
                        .at(0.5)));
    }

    private static Training plan(Attendance attendance) {
        return TinyTraining.plan()
                .attendance(attendance)
                .evaluate(new EvaluationPlan.Options()
                        .every(2)
                        .selectOn(new Selection.Dev())
                        .build())
                .build();
    }

    private TinyTraining run(String name, Attendance attendance, TaskSampling sampling, int replicas) {
        TinyTraining training =
                new TinyTraining(plan(attendance), TinyTraining.DROPOUT, folder.resolve(name), sampling);
        Replicas.run(replicas, communicator -> training.train(communicator, new StopSignal(), SELDOM));
        return training;
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void tasksAreDrawnWhileTheyAreThere(TaskSampling sampling) {
        TinyTraining run = run("turns", TURNS, sampling, 1);

        assertThat(run.taken).hasSize(12);
        assertThat(run.taken.subList(0, 3)).noneMatch(step -> step.endsWith("scores"));
        assertThat(run.taken.subList(8, 12)).noneMatch(step -> step.endsWith("spans"));
        assertThat(run.attended).containsExactly("3 scores true joins", "8 spans false leaves");
        assertThat(run("several", TURNS, sampling, 2).taken).isEqualTo(run.taken);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void stoppedAfterAnyStepItDrawsAndEndsAsOneThatWasNot(TaskSampling sampling) {
        Attendance attendance = new Attendance(TURNS.join(), TURNS.leave(), 2);
        TinyTraining undisturbed = run("undisturbed", attendance, sampling, 1);
        for (int moment = 1; moment < undisturbed.taken.size(); moment += 2) {
            Path checkpoints = folder.resolve("stopped" + moment);
            TinyTraining stopped = stoppedAt(moment, attendance, sampling, checkpoints);
            TinyTraining continued = new TinyTraining(plan(attendance), TinyTraining.DROPOUT, checkpoints, sampling);
            continued.train(new StopSignal(), SELDOM);

            assertThat(both(stopped.taken, continued.taken))
                    .as("stopped at %d", moment)
                    .isEqualTo(undisturbed.taken);
            assertThat(both(stopped.attended, continued.attended)).isEqualTo(undisturbed.attended);
            undisturbed.weights.forEach((name, values) ->
                    assertThat(continued.weights.get(name)).as(name).isEqualTo(values));
        }
    }

    private static List<String> both(List<String> first, List<String> then) {
        List<String> both = new ArrayList<>(first);
        both.addAll(then);
        return both;
    }

    private static TinyTraining stoppedAt(int moment, Attendance attendance, TaskSampling sampling, Path checkpoints) {
        StopSignal stop = new StopSignal();
        TinyTraining stopped = new TinyTraining(plan(attendance), TinyTraining.DROPOUT, checkpoints, sampling) {
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

    /** The rate is so small that no score ever changes: each task stops at the second evaluation after the first. */
    @Test
    void whenEveryTaskHasStoppedTrainingEndsWithTheBestWeights() {
        Training still = plan(Attendance.of(a -> a.patience(2)))
                .toBlock()
                .optimizer(TinyTraining.optimizer(1e-30))
                .build();
        TinyTraining run = new TinyTraining(still, TinyTraining.NO_DROPOUT, folder);
        run.train(new StopSignal(), SELDOM);

        assertThat(run.ended).isTrue();
        assertThat(run.taken).hasSize(6);
        assertThat(run.attended)
                .containsExactly(
                        "6 classes false stops: no better score in 2 evaluations",
                        "6 scores false stops: no better score in 2 evaluations",
                        "6 spans false stops: no better score in 2 evaluations");
        assertThat(run.remarks).containsExactly("every task stopped gaining: training ended after 6 of 12 steps");

        TinyTraining again = new TinyTraining(still, TinyTraining.NO_DROPOUT, folder);
        again.train(new StopSignal(), SELDOM);
        assertThat(again.taken).isEmpty();
        assertThat(again.ended).isTrue();
        assertThat(again.weights).containsOnlyKeys(run.weights.keySet());
        run.weights.forEach(
                (name, values) -> assertThat(again.weights.get(name)).as(name).isEqualTo(values));
    }
}
