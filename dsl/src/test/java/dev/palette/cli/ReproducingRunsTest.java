package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.adapter.Pal;
import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.original.TinyFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.report.Console;
import dev.palette.report.TrialProgress;
import dev.palette.report.TrialTitle;
import dev.palette.result.Parameters;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.runner.RunOptions;
import dev.palette.sampler.Annealed;
import dev.palette.sampler.Proportional;
import dev.palette.session.RunnerBackend;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.Compatibility;
import dev.palette.train.Optimizer;
import dev.palette.train.ParameterGroup;
import dev.palette.train.Recovery;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a run, told against another, written as a script, and done once more: diff, export, rerun. */
class ReproducingRunsTest {
    @TempDir
    private Path folder;

    private Path runs;

    @BeforeEach
    void runs() {
        runs = folder.resolve("runs");
    }

    @Test
    void diffTellsWhatWasAskedByWhatItWasMadeAndWhatWasFound() throws IOException {
        Trial small = trial(12);
        Trial large = trial(24);
        Path before = finished(small, "bbbb", 0.415);
        Path now = finished(large, "cccc", 0.4325);

        CommandRun diff = CommandRun.of("diff", small.id(), large.id(), "--out", runs);

        assertThat(diff.code()).as(diff.err()).isZero();
        assertThat(diff.out()).isEqualTo("""
                %s → %s
                asked:
                  adapter.size: 12 → 24
                weights and data:
                  data.cola/train: bbbb → cccc
                numbers:
                  cola dev matthews: 41.50 → 43.25
                """.formatted(before, now));
        assertThat(new ObjectMapper()
                        .readTree(CommandRun.of("diff", before, now, "--json").out())
                        .at("/asked/0/now")
                        .asText())
                .isEqualTo("24");
        assertThat(CommandRun.of("diff", before, before).out()).endsWith("no difference\n");
    }

    @Test
    void exportPrintsAScriptThatMakesTheVeryTrial() throws IOException {
        Trial trial = Experiment.of(
                        "whole",
                        e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                                .layers(6)
                                .tasks(GlueTasks.of(GlueLayout.COLA), GlueTasks.of(GlueLayout.STS))
                                .adapters(Pal.of(p -> p.size(50).heads(5).layers(3, 4, 5)))
                                .samplings(Annealed.of(a -> a.phases(7)))
                                .training(t -> t.steps(50)
                                        .lossLimit(1e6)
                                        .compatibility(List.of(Compatibility.UPDATE_IDLE, Compatibility.HALF_EPOCHS))
                                        .onDivergence(new Recovery.GoBack(0.25, 2, 10))
                                        .optimizer(new Optimizer.BertAdamOptions()
                                                .learningRate(3e-5)
                                                .layerDecay(0.9)
                                                .groups(ParameterGroup.of(g -> g.names("adapter.*")
                                                        .layers(3, 4)
                                                        .learningRate(3e-4)))
                                                .build()))
                                .seeds(17))
                .trials()
                .get(0);
        Path run = finished(trial, "bbbb", 0.4);

        CommandRun exported = CommandRun.of("export", run);

        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out())
                .contains("// Trial %s: PALs(50, heads 5".formatted(trial.id()))
                .contains("    layers 6\n", "adapter pal { size 50; heads 5; tied true; layers 3, 4, 5 }\n")
                .contains("        optimizer bertAdam { learningRate 3e-5; ", "    sweep { seeds 17 }\n");
        Path script = Files.writeString(folder.resolve("again.groovy"), exported.out());
        assertThat(ExperimentScript.load(script, Vocabulary.installed(), Settings.defaults())
                        .experiment()
                        .trials())
                .containsExactly(trial);
    }

    @Test
    void exportWithoutADestinationAsksForOneRun() {
        assertThat(CommandRun.of("export").err()).contains("name that run alone; or say with --to");
    }

    @Test
    void rerunTrainsOnceMoreAndComesToTheSameNumbersToTheLastBit() throws IOException {
        Trial trial = trained();
        Path first = runs.resolve("tiny").resolve(trial.id());

        CommandRun rerun = rerun(first);

        assertThat(rerun.code()).as(rerun.out() + rerun.err()).isZero();
        assertThat(rerun.out())
                .startsWith(first + " → " + folder.resolve("reruns/tiny").resolve(trial.id()) + "\n")
                .endsWith("the numbers are the same to the last bit: every score, and every loss on the way\n")
                .doesNotContain("machine:");
        assertThat(rerun(first).err()).contains("it was run again before, in " + folder.resolve("reruns"));
    }

    @Test
    void rerunOnOtherDataReportsDataAndNumbers() throws IOException {
        Trial trial = trained();
        new TinyFiles(folder).cola(folder.resolve("data"), 60, 20);

        CommandRun rerun = rerun(runs.resolve("tiny").resolve(trial.id()));

        assertThat(rerun.code()).as(rerun.err()).isEqualTo(1);
        assertThat(rerun.out())
                .contains("weights and data:\n  data.cola/train: ")
                .contains("numbers:\n")
                .containsPattern("cola.loss at step \\d, the first of \\d+ logged numbers of \\d+ that differ: ")
                .endsWith("the numbers are not the same\n");
    }

    @Test
    void rerunWantsARunWithAResult() throws IOException {
        RunDirectory unfinished = RunDirectory.of(runs, "pals", trial(12));
        unfinished.open(Provenance.present(trial(12), "cpu", "fp32", 2, "aaaa", Map.of()));

        CommandRun rerun = rerun(unfinished.folder());

        assertThat(rerun.code()).isEqualTo(2);
        assertThat(rerun.err()).contains("has no result that another could be compared with; finish it first");
    }

    private CommandRun rerun(Path run) {
        return CommandRun.of(
                "rerun",
                run,
                "--data",
                folder.resolve("data"),
                "--to",
                folder.resolve("reruns"),
                "--set",
                "run.inProcess=true",
                "--set",
                "cache.dir=" + folder.resolve("cache"));
    }

    /** A run of a tiny encoder with random weights. */
    private Trial trained() throws IOException {
        TinyFiles tiny = new TinyFiles(folder);
        tiny.cola(folder.resolve("data"), 40, 20);
        EncoderSource encoder = new EncoderSource.Parts(
                tiny.config("config.json", "").toString(), tiny.vocabulary.toString(), null, true);
        Experiment experiment = Experiment.of(
                "tiny",
                e -> e.encoder(encoder)
                        .tasks(GlueTasks.of(GlueLayout.COLA))
                        .adapters(Pal.of(p -> p.size(6).heads(3)))
                        .samplings(new Proportional())
                        .training(t -> t.steps(4).batchSize(8).maxLength(20)));
        RunOptions options = new RunOptions(
                runs,
                folder.resolve("data"),
                folder.resolve("cache"),
                1,
                CheckpointPlan.DEFAULT,
                false,
                new RunPlan.Options().devices("cpu").inProcess(true).build());
        Console silent = Console.plain(new PrintStream(OutputStream.nullOutputStream()));
        try (TrialProgress progress = new TrialProgress(silent, new TrialTitle(experiment.axes()))) {
            assertThat(new RunnerBackend()
                            .run(experiment, options, new StopSignal(), progress, silent)
                            .finished())
                    .hasSize(1);
        }
        return experiment.trials().get(0);
    }

    private static Trial trial(int size) {
        return Experiment.of(
                        "pals",
                        e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                                .tasks(GlueTasks.of(GlueLayout.COLA))
                                .adapters(Pal.of(p -> p.size(size)))
                                .samplings(new Proportional())
                                .training(t -> t.steps(50)))
                .trials()
                .get(0);
    }

    private Path finished(Trial trial, String data, double score) {
        RunDirectory run = RunDirectory.of(runs, "pals", trial);
        run.open(Provenance.present(trial, "cpu", "fp32", 2, "aaaa", Map.of("cola/train", data)));
        run.finish(RunResult.of(
                trial,
                List.of(new Score("cola", "dev", "matthews", score)),
                List.of(),
                new Parameters(113, 100),
                40,
                List.of(),
                62,
                2_000_000_000));
        return run.folder();
    }
}
