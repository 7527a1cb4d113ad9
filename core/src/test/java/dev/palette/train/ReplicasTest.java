package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several replicas of a trial train as one does. */
@Timeout(120)
class ReplicasTest {
    private static final Duration SELDOM = Duration.ofHours(1);

    @TempDir
    Path folder;

    private int runs;

    @ParameterizedTest(name = "{0} replicas, batches of {1} in {2} parts")
    @CsvSource({"2, 8, 1", "2, 7, 1", "3, 7, 1", "3, 8, 4", "2, 7, 5", "3, 2, 1"
    }) // the last leaves one without any example
    void severalHaveTheLossesAndWeightsOfOne(int replicas, int batchSize, int parts) {
        Training plan = TinyTraining.plan().batchSize(batchSize).accumulate(1).build();
        Training divided = TinyTraining.plan()
                .batchSize(batchSize)
                .accumulate(Math.min(parts, batchSize))
                .build();

        TinyTraining one = run(1, plan, TinyTraining.NO_DROPOUT);
        TinyTraining several = run(replicas, divided, TinyTraining.NO_DROPOUT);

        assertThat(several.taken).isEqualTo(one.taken).hasSize(12);
        for (int i = 0; i < one.losses.size(); i++) {
            assertThat(several.losses.get(i)).as("step %d", i).isCloseTo(one.losses.get(i), within(1e-6 * 4));
        }
        one.weights.forEach((name, values) ->
                assertThat(several.weights.get(name)).as(name).containsExactly(values, within(1e-6f)));
    }

    @ParameterizedTest
    @CsvSource({"2", "5"}) // the last leaves one without any batch to evaluate
    void eachEvaluatesAShareAndAllComeToTheSameScores(int replicas) {
        Training plan = TinyTraining.plan()
                .evaluate(new EvaluationPlan.Options()
                        .every(4)
                        .selectOn(new Selection.Dev())
                        .build())
                .build();

        TinyTraining one = run(1, plan, TinyTraining.NO_DROPOUT);
        TinyTraining several = run(replicas, plan, TinyTraining.NO_DROPOUT);

        assertThat(several.averages).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(several.averages.get(i)).isCloseTo(one.averages.get(i), within(1e-6));
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsWithDropoutToo() {
        Training plan = TinyTraining.plan().accumulate(3).build();
        TinyTraining first = run(2, plan, TinyTraining.DROPOUT);
        TinyTraining second = run(2, plan, TinyTraining.DROPOUT);

        assertThat(second.losses).isEqualTo(first.losses);
        first.weights.forEach(
                (name, values) -> assertThat(second.weights.get(name)).as(name).isEqualTo(values));
    }

    @Test
    void dropoutHangsOnAPartsPlaceInTheStep() {
        Training two = TinyTraining.plan().accumulate(2).build();
        TinyTraining one = run(1, two, TinyTraining.DROPOUT);
        TinyTraining several = run(2, two, TinyTraining.DROPOUT);

        one.weights.forEach((name, values) ->
                assertThat(several.weights.get(name)).as(name).containsExactly(values, within(1e-6f)));
    }

    @Test
    void stoppedAndContinuedTheyEndWithTheBitsOfUndisturbedOnes() {
        Training plan = TinyTraining.plan().build();
        TinyTraining undisturbed = run(3, plan, TinyTraining.DROPOUT);

        Path checkpoints = folder.resolve("stopped");
        TinyTraining stopped = new TinyTraining(plan, TinyTraining.DROPOUT, checkpoints);
        StopSignal stop = new StopSignal();
        Replicas.run(3, communicator -> {
            if (communicator.rank() == 2) { // one that is asked to stop stops all, at once: before the first step
                stop.request();
            }
            return stopped.train(communicator, communicator.rank() == 2 ? stop : new StopSignal(), SELDOM);
        });
        assertThat(stopped.ended).isFalse();
        assertThat(stopped.taken).isEmpty();

        StopSignal later = new StopSignal();
        TinyTraining half = new TinyTraining(plan, TinyTraining.DROPOUT, checkpoints) {
            @Override
            public void stepped(long step, String task, double loss, long tokens, double seconds) {
                super.stepped(step, task, loss, tokens, seconds);
                if (step == 5) {
                    later.request();
                }
            }
        };
        Replicas.run(3, communicator -> half.train(communicator, later, SELDOM));
        assertThat(half.ended).isFalse();
        assertThat(half.taken).hasSizeBetween(5, 6);

        TinyTraining continued = new TinyTraining(plan, TinyTraining.DROPOUT, checkpoints);
        Replicas.run(3, communicator -> continued.train(communicator, new StopSignal(), SELDOM));
        assertThat(continued.ended).isTrue();
        undisturbed.weights.forEach((name, values) ->
                assertThat(continued.weights.get(name)).as(name).isEqualTo(values));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void oneThatFailsEndsAllWithItsCause(int rank) {
        TinyTraining training = training(TinyTraining.plan().build(), TinyTraining.NO_DROPOUT);
        assertThatThrownBy(() -> Replicas.run(3, communicator -> {
                    Communicator failing =
                            communicator.rank() == rank ? new FailingAtTheFifthSum(communicator) : communicator;
                    return training.train(failing, new StopSignal(), SELDOM);
                }))
                .isInstanceOf(PaletteException.class)
                .hasMessage("the disk is full");
        assertThat(training.taken).hasSizeLessThan(12);
    }

    @Test
    void whereOneLacksMemoryAllDivideTheBatchUntilItIsOneExample() {
        TinyTraining training = training(TinyTraining.plan().batchSize(6).build(), TinyTraining.NO_DROPOUT);
        assertThatThrownBy(() -> Replicas.run(2, communicator -> {
                    Communicator lacking = communicator.leads() ? communicator : new Lacking(communicator);
                    return training.train(lacking, new StopSignal(), SELDOM);
                }))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(
                        "memory does not suffice to train on one example at a time (task 'classes', up to ")
                .hasMessageEndingWith("The engine says: another replica had none left");
        assertThat(training.messages)
                .containsExactly(
                        "memory does not suffice for 3 examples at a time; from step 1 on a batch has 4 parts",
                        "memory does not suffice for 2 examples at a time; from step 1 on a batch has 8 parts");
    }

    @Test
    void onlyWhatIsInPlayIsSummed() {
        List<Integer> sums = new ArrayList<>();
        TinyTraining training = training(TinyTraining.plan().steps(3).build(), TinyTraining.NO_DROPOUT);
        Replicas.run(
                2,
                communicator -> training.train(
                        communicator.leads() ? new Watched(communicator, sums) : communicator,
                        new StopSignal(),
                        SELDOM));

        List<Integer> expected = new ArrayList<>();
        try (Kernel kernel = TinyTraining.kernel()) {
            Replica replica = TinyTraining.replica(
                    TinyTraining.plan().build(), TinyTraining.NO_DROPOUT, kernel, Communicator.ALONE);
            for (StubTask task : TinyTraining.TASKS) {
                int loss = 1;
                expected.add(loss
                        + (int) replica.parameters().inPlay(task.name()).stream()
                                .filter(name -> replica.model().reads(task.name(), name))
                                .count());
            }
            assertThat(expected)
                    .allMatch(
                            count -> count < replica.parameters().declarations().size());
        }
        assertThat(sums).isEqualTo(expected);
    }

    private TinyTraining run(int replicas, Training plan, BertConfig config) {
        TinyTraining training = training(plan, config);
        Replicas.run(replicas, communicator -> training.train(communicator, new StopSignal(), SELDOM));
        assertThat(training.ended).isTrue();
        return training;
    }

    private TinyTraining training(Training plan, BertConfig config) {
        return new TinyTraining(plan, config, folder.resolve("run" + runs++));
    }

    /** Another communicator with something about it. */
    private abstract static class Wrapped implements Communicator {
        private final Communicator inner;

        Wrapped(Communicator inner) {
            this.inner = inner;
        }

        @Override
        public int rank() {
            return inner.rank();
        }

        @Override
        public int size() {
            return inner.size();
        }

        @Override
        public void allReduce(List<NDArray> tensors, Ops ops) {
            inner.allReduce(tensors, ops);
        }

        @Override
        public void broadcast(List<NDArray> tensors, Ops ops) {
            inner.broadcast(tensors, ops);
        }

        @Override
        public byte[] broadcast(byte[] message) {
            return inner.broadcast(message);
        }

        @Override
        public List<byte[]> allGather(byte[] message) {
            return inner.allGather(message);
        }

        @Override
        public long max(long value) {
            return inner.max(value);
        }
    }

    /** Of a replica whose memory never suffices: where it is asked whether there was enough, the third time in every step. */
    private static final class Lacking extends Wrapped {
        private static final int QUESTIONS_BETWEEN_STEPS = 2;

        private int asked;

        Lacking(Communicator inner) {
            super(inner);
        }

        @Override
        public boolean any(boolean here) {
            return super.any(here || ++asked > QUESTIONS_BETWEEN_STEPS);
        }
    }

    private static final class Watched extends Wrapped {
        private final List<Integer> sums;

        Watched(Communicator inner, List<Integer> sums) {
            super(inner);
            this.sums = sums;
        }

        @Override
        public void allReduce(List<NDArray> tensors, Ops ops) {
            sums.add(tensors.size());
            super.allReduce(tensors, ops);
        }
    }

    private static final class FailingAtTheFifthSum extends Wrapped {
        private int sums;

        FailingAtTheFifthSum(Communicator inner) {
            super(inner);
        }

        @Override
        public void allReduce(List<NDArray> tensors, Ops ops) {
            if (++sums == 5) {
                throw new PaletteException("the disk is full");
            }
            super.allReduce(tensors, ops);
        }
    }
}
