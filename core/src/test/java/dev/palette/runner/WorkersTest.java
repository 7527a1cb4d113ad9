package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.palette.adapter.Shared;
import dev.palette.execution.Progress;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialOrdering;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trials in processes of their own, which crash, hang, are killed and are stopped. */
@Timeout(180)
class WorkersTest {
    private static final String IN_PROCESS = "in-process";
    private static final String OUT = "runs";

    @TempDir
    private Path folder;

    private TinyExperiment tiny;

    @BeforeEach
    void anExperiment() throws IOException {
        tiny = TinyExperiment.write(folder);
    }

    @Test
    void twoAtOnceFindWhatOneAfterTheOtherInThisProcessFinds() throws IOException {
        Experiment experiment = tiny.experiment(e -> e.seeds(1, 2));
        Recorder recorder = new Recorder();

        RunSummary summary = run(experiment, plan(p -> p.devices("cpu*2")), new StopSignal(), recorder);

        assertThat(recorder.failures).isEmpty();
        assertThat(summary.finished()).hasSize(4);
        assertThat(recorder.steps).isEqualTo(4 * TinyExperiment.STEPS);
        assertSameAsInProcess(experiment);
        assertThat(recorder.messages)
                .anyMatch(line -> line.startsWith("running on cpu: 2 trials at once, each with 1 threads"));
        RunSummary again = run(experiment, plan(p -> {}), new StopSignal(), new Recorder());
        assertThat(again.cached()).isEqualTo(4);
    }

    @Test
    void aWorkerThatIsKilledIsReplacedAndTheNumbersStay() throws IOException {
        Experiment experiment = tiny.experiment(e -> e.seeds(1));
        Recorder killing = once(progress -> progress.step() == 9, ProcessHandle::destroyForcibly);

        RunSummary summary = run(experiment, plan(p -> {}), new StopSignal(), killing);

        assertThat(summary.failed()).isZero();
        assertThat(killing.messages)
                .anyMatch(line -> line.contains("its worker process ended with signal 9") && line.contains("(1 of 2)"));
        assertSameAsInProcess(experiment);
    }

    @Test
    void aWorkerThatIsKilledEveryTimeFailsAfterItsRetriesAndTheOthersGoOn() {
        Experiment experiment = tiny.experiment(e -> e.seeds(1));
        Recorder killing = new Recorder() {
            @Override
            public void progress(Trial trial, Progress progress) {
                super.progress(trial, progress);
                if (trial.equals(experiment.trials().get(0))) {
                    worker().ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        };

        RunSummary summary = run(experiment, plan(p -> p.retries(1)), new StopSignal(), killing);

        assertThat(summary.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.trial()).isEqualTo(experiment.trials().get(0));
            assertThat(failure.cause()).contains("signal 9");
            assertThat(failure.log()).exists();
        });
        assertThat(summary.finished()).hasSize(1);
    }

    @Test
    void aWorkerThatStandsStillIsReplaced() throws IOException {
        Experiment experiment = tiny.experiment(e -> e.seeds(1));
        Recorder freezing = once(progress -> progress.step() == 9, WorkersTest::freeze);

        RunSummary summary = TinyExperiment.runner()
                .withPatience(3)
                .run(experiment, options(plan(p -> {})), new StopSignal(), freezing);

        assertThat(summary.failed()).isZero();
        assertThat(freezing.messages).anyMatch(line -> line.contains("gave no sign of life for 3 seconds"));
        assertSameAsInProcess(experiment);
    }

    @Test
    void aStopWritesCheckpointsAndTheNextRunGoesOn() throws IOException {
        Experiment experiment = tiny.experiment(e -> e.seeds(1));
        StopSignal stop = new StopSignal();
        Recorder stopping = once(progress -> progress.step() == 5, worker -> stop.request());

        RunSummary stopped = run(experiment, plan(p -> {}), stop, stopping);
        Recorder second = new Recorder();
        RunSummary finished = run(experiment, plan(p -> {}), new StopSignal(), second);

        assertThat(stopped.interrupted()).isTrue();
        assertThat(stopped.unfinished()).isEqualTo(2);
        assertThat(finished.finished()).hasSize(2);
        assertThat(second.steps).isLessThan(2 * TinyExperiment.STEPS);
        assertSameAsInProcess(experiment);
    }

    @Test
    void aTrialThatTakesTooLongIsStoppedWithACheckpoint() {
        Experiment endless = tiny.experiment(
                e -> e.adapters(new Shared()).training(TinyExperiment.training(t -> t.steps(1_000_000))));

        RunSummary summary = run(endless, plan(p -> p.timeLimitMinutes(1 / 60.0)), new StopSignal(), new Recorder());

        assertThat(summary.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause()).contains("longer than run.timeLimitMinutes"));
        assertThat(tiny.directory(OUT, endless.trials().get(0)).checkpoints()).isDirectoryContaining("glob:**/step-*");
    }

    @Test
    void replicasDivideABatchAndFindWhatOneFinds() throws IOException {
        Path config = folder.resolve("encoder/config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\\{", "{\"hidden_dropout_prob\": 0.0, \"attention_probs_dropout_prob\": 0.0, "));
        Experiment experiment = tiny.experiment(e -> e.adapters(new Shared()));
        Trial trial = experiment.trials().get(0);

        RunSummary two = run(experiment, plan(p -> p.replicas(2)), new StopSignal(), new Recorder());
        tiny.run(experiment, IN_PROCESS, new Recorder());

        assertThat(two.failed()).isZero();
        assertThat(tiny.directory(OUT, trial).provenance().replicas()).isEqualTo(2);
        List<Double> together = losses(OUT, trial);
        List<Double> alone = losses(IN_PROCESS, trial);
        assertThat(together).hasSameSizeAs(alone);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(together.get(i)).isCloseTo(alone.get(i), offset(1e-5));
        }
    }

    private List<Double> losses(String out, Trial trial) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : tiny.metrics(out, trial)) {
            if (TinyExperiment.json(line).has("loss")) {
                losses.add(TinyExperiment.json(line).get("loss").asDouble());
            }
        }
        return losses;
    }

    @Test
    void failFastStopsTheOthers() {
        Experiment experiment = tiny.experiment(e -> e.seeds(1, 2));
        Recorder killing = new Recorder() {
            @Override
            public void progress(Trial trial, Progress progress) {
                worker().ifPresent(ProcessHandle::destroyForcibly);
            }
        };

        RunSummary summary = run(experiment, plan(p -> p.retries(0).keepGoing(false)), new StopSignal(), killing);

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(summary.unfinished()).isEqualTo(3);
        assertThat(summary.interrupted()).isFalse();
    }

    @Test
    void variantByVariantIsAnOrderToo() {
        Experiment experiment = tiny.experiment(e -> e.seeds(1, 2).training(TinyExperiment.training(t -> t.steps(1))));
        Recorder recorder = new Recorder();

        run(experiment, plan(p -> p.order(TrialOrdering.BY_VARIANT)), new StopSignal(), recorder);

        assertThat(recorder.events)
                .filteredOn(event -> event.contains("starts"))
                .extracting(event -> event.replaceAll(".* as (\\d).*", "$1"))
                .containsExactly("0", "2", "1", "3");
    }

    private static RunPlan plan(Consumer<RunPlan.Options> change) {
        RunPlan.Options options = new RunPlan.Options().memoryMegabytes(4_000);
        change.accept(options);
        return options.build();
    }

    private RunOptions options(RunPlan plan) {
        RunOptions plain = tiny.options(OUT, TinyExperiment.EVERY_STEP);
        return new RunOptions(
                plain.out(), plain.dataDir(), plain.cacheDir(), 1, plain.checkpoints(), plain.predictTest(), plan);
    }

    private RunSummary run(Experiment experiment, RunPlan plan, StopSignal stop, RunListener listener) {
        return TinyExperiment.runner().run(experiment, options(plan), stop, listener);
    }

    private void assertSameAsInProcess(Experiment experiment) throws IOException {
        tiny.run(experiment, IN_PROCESS, new Recorder());
        for (Trial trial : experiment.trials()) {
            assertThat(tiny.metrics(OUT, trial)).isEqualTo(tiny.metrics(IN_PROCESS, trial));
            assertThat(tiny.bestWeights(OUT, trial)).isEqualTo(tiny.bestWeights(IN_PROCESS, trial));
        }
    }

    /** Does something to the worker at the first step that is meant. */
    private static Recorder once(Predicate<Progress> when, Consumer<ProcessHandle> what) {
        return new Recorder() {
            private boolean done;

            @Override
            public void progress(Trial trial, Progress progress) {
                super.progress(trial, progress);
                if (!done && when.test(progress)) {
                    done = true;
                    what.accept(worker().orElseThrow());
                }
            }
        };
    }

    /** The oldest worker of this process: the one that trains. */
    private static Optional<ProcessHandle> worker() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .min(Comparator.comparing(child -> child.info().startInstant().orElseThrow()));
    }

    private static void freeze(ProcessHandle worker) {
        try {
            assertThat(new ProcessBuilder(List.of("kill", "-STOP", Long.toString(worker.pid())))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
