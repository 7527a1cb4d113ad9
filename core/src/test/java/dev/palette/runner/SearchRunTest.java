package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.execution.Progress;
import dev.palette.experiment.Axis;
import dev.palette.experiment.EarlyStopping;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Space;
import dev.palette.experiment.Sweep;
import dev.palette.experiment.Template;
import dev.palette.experiment.Trial;
import dev.palette.result.RunState;
import dev.palette.train.Optimizer;
import dev.palette.train.StopSignal;
import dev.palette.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches by real scores of tiny trials, in this process and in workers, stopped and gone on with. */
@Timeout(180)
class SearchRunTest {
    private static final String OUT = "runs";

    @TempDir
    private Path folder;

    private TinyExperiment tiny;

    @BeforeEach
    void anExperiment() throws IOException {
        tiny = TinyExperiment.write(folder);
    }

    @Test
    void aBayesianSearchRunsItsPointsAndFindsThemFinishedTheNextTime() {
        Experiment search = search(s -> s.bayes(4));

        RunSummary first = tiny.run(search, OUT, new Recorder());
        RunSummary again = tiny.run(search, OUT, new Recorder());

        assertThat(first.finished()).hasSize(4);
        assertThat(again.finished()).hasSize(4);
        assertThat(again.cached()).isEqualTo(4);
    }

    @Test
    void aTrialThatDoesPoorlyIsStoppedEarlyAndStaysSo() throws IOException {
        Experiment search = halving(s -> {});

        RunSummary first = tiny.run(search, OUT, new Recorder());
        String log = Files.readString(log());
        RunSummary again = tiny.run(search, OUT, new Recorder());

        assertThat(first.stoppedEarly()).isNotEmpty();
        assertThat(first.finished()).isNotEmpty();
        assertThat(first.failures()).isEmpty();
        assertThat(first.unfinished()).isZero();
        assertThat(first.stoppedEarly()).allSatisfy(stopped -> {
            assertThat(stopped.where().step()).isEqualTo(8);
            assertThat(tiny.directory(OUT, stopped.trial()).state()).isEqualTo(RunState.STOPPED_EARLY);
            assertThat(tiny.directory(OUT, stopped.trial()).checkpoints()).doesNotExist();
        });
        assertThat(again.cached()).isEqualTo(first.finished().size());
        assertThat(again.stoppedEarly()).isEqualTo(first.stoppedEarly());
        assertThat(log()).hasContent(log);
    }

    @Test
    void aStoppedTrialThatAnotherSweepAsksForRunsToItsEnd() {
        RunSummary halved = tiny.run(halving(s -> {}), OUT, new Recorder());

        RunSummary whole = tiny.run(search(s -> s.random(5)), OUT, new Recorder());

        assertThat(whole.finished()).hasSize(5);
        assertThat(whole.cached()).isEqualTo(halved.finished().size());
    }

    @Test
    void anInterruptedSearchGoesOnAsIfItHadNotBeen() throws IOException {
        Experiment search = halving(s -> {});
        RunSummary undisturbed = tiny.run(search, "undisturbed", new Recorder());
        RunSummary last = null;
        for (int sitting = 0; sitting < 200 && (last == null || last.interrupted()); sitting++) {
            StopSignal stop = new StopSignal();
            Recorder stopping = new Recorder() {
                @Override
                public void progress(Trial trial, Progress progress) {
                    super.progress(trial, progress);
                    if (steps == 7) {
                        stop.request();
                    }
                }
            };
            last = TinyExperiment.run(search, tiny.options(OUT), stop, stopping);
        }

        assertThat(last).isNotNull();
        assertThat(last.finished())
                .extracting(result -> result.trial())
                .isEqualTo(undisturbed.finished().stream()
                        .map(result -> result.trial())
                        .toList());
        assertThat(last.stoppedEarly()).isEqualTo(undisturbed.stoppedEarly());
    }

    @Test
    void twoWorkersThatAreSynchronousJudgeAsOneAfterTheOther() {
        Experiment search = halving(s -> s.synchronous(true));
        RunSummary alone = tiny.run(search, "alone", new Recorder());

        RunSummary two =
                TinyExperiment.run(search, inWorkers(plan -> plan.devices("cpu*2")), new StopSignal(), new Recorder());

        assertThat(two.failures()).isEmpty();
        assertThat(two.stoppedEarly()).containsExactlyInAnyOrderElementsOf(alone.stoppedEarly());
        assertThat(two.finished()).hasSize(alone.finished().size());
    }

    private RunOptions inWorkers(Consumer<RunPlan.Options> change) {
        RunPlan.Options plan = new RunPlan.Options().memoryMegabytes(4_000);
        change.accept(plan);
        return TinySweep.options(tiny, OUT, plan.build());
    }

    private Path log() {
        return folder.resolve(OUT).resolve("tiny").resolve("search.jsonl");
    }

    private Experiment halving(Consumer<Sweep.Options> more) {
        return search(s -> {
            s.random(5).stopEarly(new EarlyStopping.Asha(8, 2));
            more.accept(s);
        });
    }

    /** Adapters and learning rates. */
    private Experiment search(Consumer<Sweep.Options> sweep) {
        Training plan = TinyExperiment.training(t -> {});
        return tiny.experiment(e -> e.adapter(Axis.<Adapter>choiceOf(List.of(
                        Space.of(new Shared()),
                        Template.of(Pal.Options::new).vary("size", Pal.Options::size, Axis.integer(6, 24, 6)))))
                .training(Template.<Training, Training.Options>of(plan::toBlock)
                        .vary(
                                "optimizer",
                                Training.Options::optimizer,
                                Template.of(Optimizer.AdamWOptions::new)
                                        .vary(
                                                "learningRate",
                                                Optimizer.AdamWOptions::learningRate,
                                                Axis.logUniform(1e-5, 1e-2))))
                .sweep(sweep));
    }
}
