package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Adapter;
import dev.palette.execution.Progress;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.Trial;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Selection;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole experiments, from files to results. */
class ExperimentRunnerTest {
    private static final String OUT = "runs";

    @TempDir
    Path folder;

    private final Recorder recorder = new Recorder();
    private TinyExperiment tiny;
    private Experiment experiment;
    private Trial shared;
    private Trial pals;

    @BeforeEach
    void describe() throws IOException {
        tiny = TinyExperiment.write(folder);
        experiment = tiny.experiment();
        shared = experiment.trials().get(0);
        pals = experiment.trials().get(1);
    }

    private RunSummary run() {
        return tiny.run(experiment, OUT, recorder);
    }

    @Test
    void everyTrialIsTrainedAndLeavesItsResult() throws IOException {
        RunSummary summary = run();

        assertThat(recorder.failures).isEmpty();
        assertThat(summary.finished()).hasSize(2);
        assertThat(summary.cached()).isZero();
        assertThat(summary.failed()).isZero();
        assertThat(summary.interrupted()).isFalse();
        assertThat(recorder.steps).isEqualTo(2 * TinyExperiment.STEPS);
        assertThat(recorder.events)
                .containsExactly(
                        "shared starts as 0 of 2 from step 0",
                        "shared is finished",
                        "PALs(12) starts as 1 of 2 from step 0",
                        "PALs(12) is finished");
        for (Trial trial : experiment.trials()) {
            RunDirectory run = tiny.directory(OUT, trial);
            assertThat(summary.finished()).contains(run.result());
            assertThat(tiny.batches(OUT, trial)).hasSize(TinyExperiment.STEPS);
            assertThat(tiny.metrics(OUT, trial)).hasSize(TinyExperiment.STEPS + 3); // evaluated at 8, 16 and 20
            assertThat(run.checkpoints())
                    .isDirectoryContaining("glob:**/best")
                    .isDirectoryNotContaining("glob:**/step-*");
        }
    }

    @Test
    void theResultReportsDevOfEveryTaskAndTheModelsSize() {
        experiment = tiny.experiment(e -> e.adapters(pals.adapter()));
        RunResult result = run().finished().get(0);

        assertThat(result.scores())
                .extracting(score -> score.task() + " " + score.split() + " " + score.metric())
                .containsExactly(
                        "cola dev matthews", "mrpc dev accuracy", "mrpc dev f1", "sts dev pearson", "sts dev spearman");
        assertThat(result.majority()).hasSameSizeAs(result.scores());
        assertThat(result.selectedOn()).isEqualTo("holdout(0.25)");
        assertThat(result.bestStep()).isIn(8, 16, 20);
        assertThat(result.parameters().total())
                .isGreaterThan(result.parameters().encoder());
    }

    @Test
    void finishedTrialsAreTakenFromDiskAndLeftAlone() throws IOException {
        RunSummary first = run();
        Map<Path, FileTime> before = filesOf(folder.resolve(OUT));
        recorder.events.clear();

        RunSummary second = run();

        assertThat(second.cached()).isEqualTo(2);
        assertThat(second.finished()).isEqualTo(first.finished());
        assertThat(recorder.events).containsExactly("shared was finished", "PALs(12) was finished");
        assertThat(filesOf(folder.resolve(OUT))).isEqualTo(before);
    }

    @Test
    void whatWasAskedAndMadeAndFoundIsEnoughToBeFinished() {
        run();
        for (Trial trial : experiment.trials()) { // as results are published
            RunDirectory run = tiny.directory(OUT, trial);
            Stream.of(run.checkpoints(), run.predictions(), run.metrics(), run.log())
                    .forEach(FileTree::delete);
        }
        Recorder again = new Recorder();

        RunSummary summary = tiny.run(experiment, OUT, again);

        assertThat(again.steps).isZero();
        assertThat(again.events).containsExactly("shared was finished", "PALs(12) was finished");
        assertThat(again.messages).anyMatch(line -> line.contains("stays without some predictions"));
        assertThat(summary.cached()).isEqualTo(2);
    }

    @Test
    void aRunOnOtherDataIsSetAsideAndMadeAnew() throws IOException {
        run();
        byte[] stale = tiny.bestWeights(OUT, shared);
        Files.writeString(
                tiny.data().resolve("MRPC/train.tsv"), "1\t98\t99\tthe dog .\tthe cat .\n", StandardOpenOption.APPEND);

        RunSummary second = run();

        assertThat(second.finished()).hasSize(2);
        assertThat(second.cached()).isZero();
        String id = shared.id();
        assertThat(recorder.messages)
                .anySatisfy(message -> assertThat(message)
                        .startsWith("the earlier run of trial %s is stale: data file mrpc/train: ".formatted(id))
                        .endsWith(id + ".stale-1"));
        assertThat(folder.resolve(OUT).resolve("tiny").resolve(id + ".stale-1/checkpoints/best/weights.safetensors"))
                .hasBinaryContent(stale);
    }

    @Test
    void aTrialThatFailsDoesNotStopTheOthers() {
        Recorder failing = new Recorder() {
            @Override
            public void progress(Trial trial, Progress progress) {
                if (trial.equals(shared) && progress.step() == 5) {
                    throw new IllegalStateException("no room on the screen");
                }
            }
        };
        RunSummary summary = tiny.run(experiment, OUT, failing);

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(summary.finished()).extracting(result -> result.adapter()).containsExactly("PALs(12)");
        assertThat(summary.interrupted()).isFalse();
        assertThat(failing.failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(failing.events).contains("shared failed", "PALs(12) is finished");
    }

    @Test
    void aDivergedTrialNamesStepTaskAndExamples() {
        experiment =
                tiny.experiment(e -> e.training(TinyExperiment.training(t -> t.optimizer(TinyExperiment.adamW(1e30)))));
        RunSummary summary = run();

        assertThat(summary.failed()).isEqualTo(2);
        assertThat(summary.finished()).isEmpty();
        assertThat(recorder.failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(PaletteException.class)
                        .hasMessageMatching(
                                "training diverged: the loss of step \\d+ \\(task '(cola|mrpc|sts)', examples \\[\\d+(, \\d+)*]\\) is"
                                        + " (NaN|Infinity); try a lower learningRate or a longer warm-up"));
    }

    @Test
    void aTrialThatDivergesInItsLastStepSaysSo() {
        Optimizer wild = new Optimizer.AdamWOptions()
                .learningRate(1e30)
                .warmupFraction(0)
                .build();
        experiment = tiny.experiment(e -> e.adapters(shared.adapter())
                .training(TinyExperiment.training(t -> t.steps(1).optimizer(wild))));
        run();

        assertThat(recorder.failures)
                .singleElement()
                .isInstanceOf(PaletteException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("training has diverged; a lower learningRate or a longer warm-up helps");
    }

    @Test
    void aStoppedTrialContinuesToTheBitsOfAnUndisturbedOne() throws IOException {
        StopSignal stop = new StopSignal();
        RunSummary stopped = TinyExperiment.run(experiment, tiny.options(OUT), stop, new Recorder() {
            @Override
            public void progress(Trial trial, Progress progress) {
                if (progress.step() == 11) {
                    stop.request();
                }
            }
        });
        assertThat(stopped.interrupted()).isTrue();
        assertThat(stopped.finished()).isEmpty();
        assertThat(stopped.failed()).isZero();
        assertThat(tiny.directory(OUT, shared).checkpoints().resolve("step-11/state.json"))
                .exists();

        RunSummary continued = run();
        RunSummary undisturbed = tiny.run(experiment, "undisturbed", new Recorder());

        assertThat(recorder.events).startsWith("shared starts as 0 of 2 from step 11");
        assertThat(continued.finished()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(continued.finished().get(i).scores())
                    .isEqualTo(undisturbed.finished().get(i).scores());
        }
        assertSameBits(OUT, "undisturbed");
    }

    @Test
    void oneSeedGivesTheSameBitsInEveryFolderAndItsVariantsSeeTheSameBatches() throws IOException {
        run();
        tiny.run(experiment, "again", new Recorder());

        assertSameBits(OUT, "again");
        assertThat(tiny.batches(OUT, shared)).isEqualTo(tiny.batches(OUT, pals));
        assertThat(tiny.bestWeights(OUT, shared)).isNotEqualTo(tiny.bestWeights(OUT, pals));
    }

    @Test
    void anotherSeedSeesOthers() throws IOException {
        experiment = tiny.experiment(e -> e.adapters(shared.adapter()).seeds(1, 2));
        run();

        assertThat(tiny.batches(OUT, experiment.trials().get(0)))
                .isNotEqualTo(tiny.batches(OUT, experiment.trials().get(1)));
    }

    @Test
    void aRunThatAnotherHoldsIsNotTouched() {
        RunDirectory held = tiny.directory(OUT, shared);
        try (LockedFolder lock = held.tryLock().orElseThrow()) {
            RunSummary summary = run();

            assertThat(summary.failed()).isEqualTo(1);
            assertThat(summary.finished()).hasSize(1);
            assertThat(recorder.failures)
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .isEqualTo("trial %s is being run by another process; run again when it is done"
                            .formatted(shared.id()));
            assertThat(held.folder()).doesNotExist();
        }
    }

    @Test
    void selectionOnDevIsPossibleAndSaid() {
        experiment = tiny.experiment(e -> e.adapters(shared.adapter())
                .training(TinyExperiment.training(t -> t.evaluate(TinyExperiment.evaluate(new Selection.Dev())))));

        assertThat(run().finished()).singleElement().matches(result -> result.selectedOnReported());
    }

    @Test
    void withNothingToSelectOnTheLastWeightsAreReportedAndAllExamplesTrainedOn() {
        experiment = tiny.experiment(e -> e.adapters(shared.adapter())
                .training(TinyExperiment.training(t -> t.evaluate(TinyExperiment.evaluate(new Selection.Nothing())))));

        assertThat(run().finished()).singleElement().satisfies(result -> {
            assertThat(result.bestStep()).isEqualTo(TinyExperiment.STEPS);
            assertThat(result.selectedOn()).isEqualTo("nothing");
        });
        assertThat(recorder.messages).noneMatch(line -> line.contains("selection split"));
    }

    @Test
    void aTrialOfNoStepsReportsTheStartingWeights() {
        experiment = tiny.experiment(e -> e.adapters(shared.adapter())
                .training(TinyExperiment.training(
                        t -> t.steps(0).evaluate(TinyExperiment.evaluate(new Selection.Nothing())))));

        assertThat(run().finished()).singleElement().satisfies(result -> {
            assertThat(result.bestStep()).isZero();
            assertThat(result.scores()).isNotEmpty();
        });
    }

    @Test
    void whatIsNotToBeReportedNeedsNoDevFile() throws IOException {
        try (Stream<Path> files = Files.walk(tiny.data())) {
            for (Path dev : files.filter(file -> file.endsWith("dev.tsv")).toList()) {
                Files.delete(dev);
            }
        }
        EvaluationPlan unreported = TinyExperiment.evaluate(new Selection.Nothing())
                .toBlock()
                .report(false)
                .build();
        experiment = tiny.experiment(
                e -> e.adapters(shared.adapter()).training(TinyExperiment.training(t -> t.evaluate(unreported))));

        assertThat(run().finished())
                .singleElement()
                .satisfies(result -> assertThat(result.scores()).isEmpty());
    }

    @Test
    void anEncoderCanBeCutToItsFirstLayer() {
        Adapter adapter = pals.adapter();
        Experiment whole = tiny.experiment(e -> e.adapters(adapter));
        experiment = tiny.experiment(e -> e.adapters(adapter).layers(1));

        assertThat(run().finished().get(0).parameters().encoder())
                .isLessThan(new ModelSizes(folder.resolve("cache"))
                        .of(whole.variants().get(0))
                        .encoder());
    }

    @Test
    void sequencesLongerThanTheEncodersPositionsAreAnError() {
        experiment = tiny.experiment(e -> e.training(TinyExperiment.training(t -> t.maxLength(33))));
        assertThatThrownBy(this::run)
                .isInstanceOf(PaletteException.class)
                .hasMessage("train.maxLength is 33, but the encoder reads at most 32 word pieces"
                        + " (max_position_embeddings); set train.maxLength to 32 or less");
    }

    @Test
    void withoutADataDirectoryTheMessageSaysHowToSetOne() {
        RunOptions options = new RunOptions(
                folder.resolve(OUT),
                null,
                folder.resolve("cache"),
                1,
                TinyExperiment.SELDOM,
                false,
                TinyExperiment.IN_PROCESS);
        assertThatThrownBy(() -> TinyExperiment.run(experiment, options, new StopSignal(), recorder))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
    }

    @Test
    void aDataDirectoryThatIsNotThereIsNamed() throws IOException {
        Files.move(tiny.data(), folder.resolve("elsewhere"));
        assertThatThrownBy(this::run)
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("the data directory " + tiny.data() + " does not exist")
                .hasMessageContaining("data.dir");
        assertThat(tiny.directory(OUT, shared).folder()).doesNotExist();
    }

    private void assertSameBits(String one, String other) throws IOException {
        for (Trial trial : experiment.trials()) {
            assertThat(tiny.metrics(one, trial)).isEqualTo(tiny.metrics(other, trial));
            assertThat(tiny.bestWeights(one, trial)).isEqualTo(tiny.bestWeights(other, trial));
        }
    }

    private static Map<Path, FileTime> filesOf(Path folder) throws IOException {
        Map<Path, FileTime> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.getLastModifiedTime(file));
            }
        }
        return files;
    }
}
