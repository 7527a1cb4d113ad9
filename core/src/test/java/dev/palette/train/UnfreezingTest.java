package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that begin to be trained one after the other: they don't move before, and stopping in between changes nothing. */
class UnfreezingTest {
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final String TOP = "bert.encoder.layer.1.output.dense.weight";
    private static final String LOW = "bert.encoder.layer.0.output.dense.weight";
    private static final String WORDS = "bert.embeddings.word_embeddings.weight";

    @TempDir
    Path folder;

    /** After four steps of twelve the upper of two layers, after eight the lower. */
    private static Training plan(UnaryOperator<Training.Options> options) {
        return options.apply(TinyTraining.plan().unfreeze(Unfreezing.of(u -> u.every(4))))
                .build();
    }

    private TinyTraining run(String name, Training plan) {
        TinyTraining training = new TinyTraining(plan, TinyTraining.DROPOUT, folder.resolve(name));
        training.train(new StopSignal(), SELDOM);
        return training;
    }

    private Map<String, float[]> weightsAfter(int steps) {
        // The schedule hangs on the steps of the plan, so that what is compared is whether a weight moves at all.
        return run("after" + steps, plan(plan -> plan.steps(steps))).weights;
    }

    @Test
    void aLayerMovesFromItsStepOnAndNotBefore() {
        Map<String, float[]> start = run("start", plan(plan -> plan.steps(0))).weights;
        Map<Integer, List<String>> moved = new HashMap<>();
        for (int steps : List.of(4, 5, 8, 9, 12)) {
            Map<String, float[]> then = weightsAfter(steps);
            List<String> changed = new ArrayList<>();
            for (String name : List.of("head.classes.weight", TOP, LOW, WORDS)) {
                if (!java.util.Arrays.equals(start.get(name), then.get(name))) {
                    changed.add(name);
                }
            }
            moved.put(steps, changed);
        }
        assertThat(moved.get(4)).containsExactly("head.classes.weight");
        assertThat(moved.get(5)).containsExactly("head.classes.weight", TOP);
        assertThat(moved.get(8)).containsExactly("head.classes.weight", TOP);
        assertThat(moved.get(9)).containsExactly("head.classes.weight", TOP, LOW);
        assertThat(moved.get(12)).containsExactly("head.classes.weight", TOP, LOW);
    }

    @Test
    void itIsSaidWhatIsTrainedToo() {
        assertThat(run("said", plan(plan -> plan)).messages)
                .contains(
                        "from step 5 on layer 1 and the pooler is trained too",
                        "from step 9 on layer 0 is trained too");
    }

    @Test
    void layersComputedAgainGiveTheSameNumbers() {
        TinyTraining remembered = run("remembered", plan(plan -> plan));
        TinyTraining recomputed = run("recomputed", plan(plan -> plan.recompute(true)));

        remembered.weights.forEach((name, values) ->
                assertThat(recomputed.weights.get(name)).as(name).containsExactly(values, within(1e-6f)));
    }

    @Test
    void whatIsKeptOfFrozenLayersIsThatBelowAllThatEverOpen() {
        Training kept = plan(
                plan -> plan.unfreeze(Unfreezing.of(u -> u.every(4).downTo(1))).cacheFrozen(true));
        Training computed =
                plan(plan -> plan.unfreeze(Unfreezing.of(u -> u.every(4).downTo(1))));
        TinyTraining one = new TinyTraining(kept, TinyTraining.NO_DROPOUT, folder.resolve("kept"));
        TinyTraining other = new TinyTraining(computed, TinyTraining.NO_DROPOUT, folder.resolve("computed"));
        one.train(new StopSignal(), SELDOM);
        other.train(new StopSignal(), SELDOM);

        assertThat(one.weights.get(LOW)).isEqualTo(other.weights.get(LOW));
        other.weights.forEach(
                (name, values) -> assertThat(one.weights.get(name)).as(name).containsExactly(values, within(1e-5f)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 8, 11})
    void stoppedAndContinuedItEndsAsOneThatWasNot(int moment) {
        TinyTraining undisturbed = run("undisturbed", plan(plan -> plan));
        Path checkpoints = folder.resolve("stopped");
        StopSignal stop = new StopSignal();
        TinyTraining stopped = new TinyTraining(plan(plan -> plan), TinyTraining.DROPOUT, checkpoints) {
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
        TinyTraining continued = new TinyTraining(plan(plan -> plan), TinyTraining.DROPOUT, checkpoints);
        continued.train(new StopSignal(), SELDOM);

        undisturbed.weights.forEach((name, values) ->
                assertThat(continued.weights.get(name)).as(name).isEqualTo(values));
    }
}
