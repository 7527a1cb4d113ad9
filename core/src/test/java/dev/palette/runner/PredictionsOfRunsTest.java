package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.execution.PredictOptions;
import dev.palette.execution.RunPredictor;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.PredictionFile;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunState;
import dev.palette.spec.PaletteException;
import dev.palette.storage.LockedFolder;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trials predict: with the training that made them, and after it. */
class PredictionsOfRunsTest {
    private static final String OUT = "runs";
    private static final List<String> DEV = List.of("cola-dev.tsv", "mnli-dev.tsv", "mnli-mm-dev.tsv", "sts-dev.tsv");
    private static final List<String> TEST =
            List.of("ax-test.tsv", "cola-test.tsv", "mnli-mm-test.tsv", "mnli-test.tsv");

    @TempDir
    Path folder;

    private final Recorder recorder = new Recorder();
    private TinyExperiment tiny;
    private Experiment experiment;
    private Trial trial;

    @BeforeEach
    void threeTasksAndSomeTestSets() throws IOException {
        tiny = TinyExperiment.write(folder);
        String pair = "\t\t\t\t\t\t\t";
        String header = "index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_binary_parse"
                + "\tsentence1_parse\tsentence2_parse\tsentence1\tsentence2";
        String dev = header + "\tlabel1\tlabel2\tlabel3\tlabel4\tlabel5\tgold_label\n";
        String labels = "0" + pair + "\tthe dog sees .\tthe cat hears .";
        write(
                "MNLI/train.tsv",
                header + "\tlabel1\tgold_label\n" + (labels + "\t\tneutral\n").repeat(12)
                        + (labels + "\t\tentailment\n").repeat(12));
        write("MNLI/dev_matched.tsv", dev + (labels + "\t\t\t\t\t\tneutral\n").repeat(5));
        write("MNLI/dev_mismatched.tsv", dev + (labels + "\t\t\t\t\t\tcontradiction\n").repeat(4));
        write("MNLI/test_matched.tsv", header + "\n" + ("0" + pair + "\told dog .\tred cat .\n").repeat(3));
        write("MNLI/test_mismatched.tsv", header + "\n" + ("0" + pair + "\tbird .\ttree .\n").repeat(2));
        write("diagnostic/diagnostic.tsv", "index\tsentence1\tsentence2\n0\tthe tree .\tthe stone .\n");
        write("CoLA/test.tsv", "index\tsentence\n0\tthe dog sees .\n1\tdog the .\n");
        experiment = tiny.experiment(
                e -> e.tasks(GlueTasks.of(GlueLayout.COLA), GlueTasks.of(GlueLayout.MNLI), GlueTasks.of(GlueLayout.STS))
                        .adapters(tiny.experiment().adapters().get(1)));
        trial = experiment.trials().get(0);
    }

    private void write(String file, String content) throws IOException {
        Path path = tiny.data().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private RunSummary run(String out, boolean predictTest) {
        return run(out, predictTest, new StopSignal());
    }

    private RunSummary run(String out, boolean predictTest, StopSignal stop) {
        RunOptions plain = tiny.options(out);
        RunOptions options = new RunOptions(
                plain.out(), plain.dataDir(), plain.cacheDir(), 1, plain.checkpoints(), predictTest, plain.plan());
        return TinyExperiment.run(experiment, options, stop, recorder);
    }

    private Path predictions(String out) {
        return tiny.directory(out, trial).predictions();
    }

    private static List<String> names(Path predictions) throws IOException {
        try (Stream<Path> files = Files.list(predictions)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> all() {
        return Stream.concat(DEV.stream(), TEST.stream())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private List<PredictionFile> predict(boolean dev, boolean test) {
        PredictOptions options = new PredictOptions(tiny.data(), folder.resolve("cache"), dev, test);
        return new RunPredictor(DownloadProgress.SILENT)
                .predict(
                        tiny.directory(OUT, trial).folder(),
                        Vocabulary.installed(),
                        options,
                        new StopSignal(),
                        recorder::notice);
    }

    @Test
    void aFinishedTrialLeavesWhatItPredictsForDev() throws IOException {
        run(OUT, false);

        assertThat(names(predictions(OUT))).isEqualTo(DEV);
        List<String> lines = Files.readAllLines(predictions(OUT).resolve("mnli-mm-dev.tsv"));
        assertThat(lines).hasSize(5).first().isEqualTo("index\tprediction\tlabel\tlogit_0\tlogit_1\tlogit_2");
        assertThat(lines.get(4))
                .matches(
                        "3\t(contradiction|entailment|neutral)\t(contradiction|entailment|neutral)(\t-?\\d+\\.\\d+(E-?\\d+)?){3}");
        assertThat(recorder.messages).noneMatch(message -> message.contains("predict"));
    }

    @Test
    void testSetsThatAreThereArePredictedWhenAskedForAndTheOthersSaid() throws IOException {
        run(OUT, true);

        assertThat(names(predictions(OUT))).isEqualTo(all());
        assertThat(predictions(OUT).resolve("ax-test.tsv")).content().hasLineCount(2);
        assertThat(recorder.messages)
                .contains(
                        "sts: there is no %s, so test is not predicted"
                                .formatted(tiny.data().resolve("STS-B/test.tsv")),
                        "predicting mnli-mm-test");
    }

    @Test
    void aFinishedRunPredictsItsTestSetsLaterWithoutTrainingAndSaysTheSame() throws IOException {
        run("at once", true);
        run(OUT, false);
        FileTime result =
                Files.getLastModifiedTime(tiny.directory(OUT, trial).folder().resolve("result.json"));
        int steps = recorder.steps;

        assertThat(predict(false, true))
                .extracting(PredictionFile::name)
                .containsExactly("cola-test", "mnli-test", "mnli-mm-test", "ax-test");

        assertThat(recorder.steps).isEqualTo(steps);
        assertThat(names(predictions(OUT))).isEqualTo(all());
        for (String name : all()) {
            assertThat(predictions(OUT).resolve(name))
                    .hasSameBinaryContentAs(predictions("at once").resolve(name));
        }
        assertThat(Files.getLastModifiedTime(tiny.directory(OUT, trial).folder().resolve("result.json")))
                .isEqualTo(result);
    }

    @Test
    void theSameExperimentRunAgainMakesWhatIsMissing() throws IOException {
        run(OUT, false);
        byte[] before = Files.readAllBytes(predictions(OUT).resolve("cola-dev.tsv"));
        Files.delete(predictions(OUT).resolve("cola-dev.tsv"));

        RunSummary second = run(OUT, true);

        assertThat(second.cached()).isEqualTo(1);
        assertThat(names(predictions(OUT))).isEqualTo(all());
        assertThat(predictions(OUT).resolve("cola-dev.tsv")).hasBinaryContent(before);
    }

    @Test
    void aResultStandsThoughItsWeightsAreGone() throws IOException {
        run(OUT, false);
        Files.delete(tiny.directory(OUT, trial).checkpoints().resolve("best/weights.safetensors"));

        RunSummary second = run(OUT, true);

        assertThat(second.cached()).isEqualTo(1);
        assertThat(second.failed()).isZero();
        assertThat(recorder.messages)
                .anyMatch(message -> message.startsWith(
                        "trial %s stays without some predictions: the weights of the run ".formatted(trial.id())));
        assertThatThrownBy(() -> predict(false, true))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("are gone or damaged, so it cannot predict");
    }

    @Test
    void aTrialStoppedBetweenTwoTestSetsIsNotFinishedAndGoesOnWithTheNext() throws IOException {
        StopSignal stop = new StopSignal();
        Recorder stopping = new Recorder() {
            @Override
            public void message(Trial trial, String line) {
                if (line.equals("predicting mnli-test")) {
                    stop.request();
                }
            }
        };
        RunOptions plain = tiny.options(OUT);
        RunOptions options = new RunOptions(
                plain.out(), plain.dataDir(), plain.cacheDir(), 1, TinyExperiment.SELDOM, true, plain.plan());

        RunSummary first = TinyExperiment.run(experiment, options, stop, stopping);

        assertThat(first.interrupted()).isTrue();
        assertThat(tiny.directory(OUT, trial).state()).isEqualTo(RunState.UNFINISHED);
        assertThat(names(predictions(OUT))).contains("mnli-test.tsv").doesNotContain("mnli-mm-test.tsv");

        run(OUT, true);

        assertThat(recorder.messages).contains("predicting ax-test").doesNotContain("predicting mnli-test");
        assertThat(recorder.steps).isZero();
        assertThat(tiny.directory(OUT, trial).state()).isEqualTo(RunState.FINISHED);
        assertThat(names(predictions(OUT))).isEqualTo(all());
    }

    @Test
    void aMalformedTestSetIsFoundBeforeTraining() throws IOException {
        write("CoLA/test.tsv", "index\tsentence\n0\tone\ttwo\n");

        assertThatThrownBy(() -> run(OUT, true))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("CoLA/test.tsv:2: found 3 columns");
        assertThat(recorder.steps).isZero();
    }

    @Test
    void anUnfinishedRunCannotPredict() throws IOException {
        run(OUT, false);
        Files.delete(tiny.directory(OUT, trial).folder().resolve("result.json"));

        assertThatThrownBy(() -> predict(true, false))
                .isInstanceOf(PaletteException.class)
                .hasMessageEndingWith("is not finished; finish it first");
    }

    @Test
    void otherDataThanTheRunsAreRefused() throws IOException {
        run(OUT, false);
        Files.writeString(tiny.data().resolve("CoLA/dev.tsv"), "own\t1\t\tthe dog .\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> predict(true, false))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("CoLA/dev.tsv is not the file that the run ");
    }

    @Test
    void aRunThatAnotherProcessChangesIsLeftAlone() {
        run(OUT, false);

        try (LockedFolder held = tiny.directory(OUT, trial).tryLock().orElseThrow()) {
            assertThatThrownBy(() -> predict(false, true))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("is being changed by another process");
        }
    }

    @Test
    void aFolderThatHoldsNoRunOrIsNotNamedAfterItIsSaidToBeNone() throws IOException {
        run(OUT, false);
        RunDirectory run = tiny.directory(OUT, trial);
        List<Path> wrong = new ArrayList<>();
        wrong.add(folder);
        wrong.add(Files.move(run.folder(), run.folder().resolveSibling("renamed")));

        assertThatThrownBy(() -> RunDirectory.trial(wrong.get(0), Vocabulary.installed()))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(folder + " holds no run: there is no trial.json");
        assertThatThrownBy(() -> RunDirectory.at(wrong.get(1), trial))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(
                        "is not named so; it was renamed, set aside, or made by another version of Palette");
    }
}
