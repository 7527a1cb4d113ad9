package dev.palette.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.task.Average;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.Compatibility;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Precision;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private Path folder;

    private Path home;
    private Path working;
    private Path script;
    private Path beside;
    private Path user;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void lay() {
        home = folder.resolve("home");
        working = folder.resolve("working");
        script = folder.resolve("scripts").resolve("a.groovy");
        beside = script.resolveSibling("palette.properties");
        user = home.resolve(".config/palette/palette.properties");
    }

    @Test
    void eachLayerLiesOverTheOneBefore() {
        Training.Options block = new Training.Options();
        write(user, "train.steps = 1\ntrain.batchSize = 1\ntrain.maxLength = 11\ntrain.evaluate.every = 1");
        write(beside, "train.batchSize = 2\ntrain.maxLength = 12\ntrain.evaluate.every = 2");
        environment.put("PALETTE_TRAIN_MAX_LENGTH", "13");
        environment.put("PALETTE_TRAIN_EVALUATE_EVERY", "3");
        Settings settings = load("train.evaluate.every=4");

        settings.belowScript(block, "train");
        assertThat(block.build())
                .extracting(
                        Training::steps,
                        Training::batchSize,
                        Training::maxLength,
                        t -> t.evaluate().every())
                .containsExactly(1, 2, 13, 3);
        block.steps(100); // the script
        settings.aboveScript(block, "train");
        assertThat(block.build())
                .extracting(
                        Training::steps,
                        Training::batchSize,
                        Training::maxLength,
                        t -> t.evaluate().every())
                .containsExactly(100, 2, 13, 4);
    }

    @Test
    void anExperimentTakesFilesBelowTheScriptAndTheCommandLineAboveIt() {
        write(beside, "train.steps = 7\ntrain.maxLength = 17\nseeds = 1..3");
        Settings settings = load("train.batchSize=3", "seeds=5, 6");

        Experiment experiment = Experiment.of("pals", settings, e -> Examples.describe(e));

        assertThat(experiment.training())
                .extracting(Training::steps, Training::batchSize, Training::maxLength)
                .containsExactly(50, 3, 17);
        assertThat(experiment.seeds()).containsExactly(5L, 6L);
    }

    @Test
    void withoutATrainBlockTheSettingsStillCount() {
        Settings settings = load("train.steps=9");
        Experiment example = Examples.experiment();
        Experiment experiment = Experiment.of(
                "pals",
                settings,
                e -> e.encoder(example.encoder())
                        .tasks(example.tasks())
                        .adapters(example.adapters())
                        .samplings(example.samplings()));
        assertThat(experiment.training().steps()).isEqualTo(9);
    }

    @Test
    void everyOptionOfTheTrainAndRunBlocksIsASetting() {
        assertThat(Settings.keys())
                .containsExactlyInAnyOrder(
                        "cache.dir",
                        "checkpoint.keep",
                        "checkpoint.minutes",
                        "checkpoint.steps",
                        "data.dir",
                        "out",
                        "predict.test",
                        "profile",
                        "run.devices",
                        "run.heapMegabytes",
                        "run.inProcess",
                        "run.keepGoing",
                        "run.launcher",
                        "run.memoryMegabytes",
                        "run.order",
                        "run.replicas",
                        "run.retries",
                        "run.slots",
                        "run.slurm.account",
                        "run.slurm.atOnce",
                        "run.slurm.cpusPerTask",
                        "run.slurm.graceSeconds",
                        "run.slurm.gres",
                        "run.slurm.memory",
                        "run.slurm.options",
                        "run.slurm.partition",
                        "run.slurm.pollSeconds",
                        "run.slurm.setup",
                        "run.slurm.time",
                        "run.slurm.wrapper",
                        "run.spark.atOnce",
                        "run.spark.cpus",
                        "run.spark.gpus",
                        "run.spark.master",
                        "run.timeLimitMinutes",
                        "seeds",
                        "threads",
                        "train.accumulate",
                        "train.attendance.patience",
                        "train.batchSize",
                        "train.batchesPerStep",
                        "train.cacheFrozen",
                        "train.compatibility",
                        "train.evaluate.devExamples",
                        "train.evaluate.every",
                        "train.evaluate.keepBest",
                        "train.evaluate.report",
                        "train.evaluate.selectOn",
                        "train.freeze",
                        "train.lossLimit",
                        "train.maxLength",
                        "train.onDivergence",
                        "train.onDivergence.every",
                        "train.onDivergence.factor",
                        "train.onDivergence.times",
                        "train.optimizer",
                        "train.optimizer.clipNorm",
                        "train.optimizer.epsilon",
                        "train.optimizer.layerDecay",
                        "train.optimizer.learningRate",
                        "train.optimizer.warmupFraction",
                        "train.optimizer.weightDecay",
                        "train.padding",
                        "train.precision",
                        "train.recompute",
                        "train.steps",
                        "train.taskSizes",
                        "train.unfreeze.downTo",
                        "train.unfreeze.embeddings",
                        "train.unfreeze.every");
    }

    @Test
    void valuesAreSpeltAsInAScript() {
        Training training = resolve(
                "train.steps=60_000",
                "train.precision=bf16",
                "train.optimizer=bertAdam",
                "train.optimizer.learningRate=3e-4",
                "train.evaluate.selectOn=holdout(0.2)",
                "train.evaluate.keepBest=average.paper",
                "train.compatibility=original");

        assertThat(training.steps()).isEqualTo(60_000);
        assertThat(training.precision()).isEqualTo(Precision.BF16);
        assertThat(training.optimizer()).isEqualTo(new Optimizer.BertAdam(3e-4, 0.1, 0.01, 1, 1e-6, 1, List.of()));
        assertThat(training.evaluate().selectOn()).isEqualTo(new Selection.Holdout(0.2));
        assertThat(training.evaluate().keepBest()).isEqualTo(Average.PAPER);
        assertThat(training.compatibility()).isEqualTo(Compatibility.original());
    }

    @Test
    void listsAndBareWords() {
        Training training = resolve(
                "train.evaluate.selectOn=dev",
                "train.evaluate.keepBest=glue",
                "train.compatibility=updateIdle, clipPerTensor");

        assertThat(training.evaluate().selectOn()).isEqualTo(new Selection.Dev());
        assertThat(training.evaluate().keepBest()).isEqualTo(Average.GLUE);
        assertThat(training.compatibility()).containsExactly(Compatibility.CLIP_PER_TENSOR, Compatibility.UPDATE_IDLE);
        assertThat(resolve("train.compatibility=").compatibility()).isEmpty();
    }

    @Test
    void anotherOptimizerKeepsTheOptionsOfTheScripts() {
        Training.Options script =
                new Training.Options().optimizer(new Optimizer.AdamW(3e-5, 0.2, 0.3, 4, 5e-5, 0.7, List.of()));

        assertThat(load("train.optimizer=bertAdam")
                        .aboveScript(script, "train")
                        .build()
                        .optimizer())
                .isEqualTo(new Optimizer.BertAdam(3e-5, 0.2, 0.3, 4, 5e-5, 0.7, List.of()));
    }

    @Test
    void aBareWordNeedsAValueToTakeItsPartsFrom() {
        Training.Options script = new Training.Options()
                .evaluate(new EvaluationPlan.Options()
                        .selectOn(new Selection.Dev())
                        .build());

        assertThatThrownBy(() -> load("train.evaluate.selectOn=holdout").aboveScript(script, "train"))
                .hasMessage("--set: train.evaluate.selectOn = holdout: expected holdout(fraction)");
    }

    @ParameterizedTest(name = "--set {0}")
    @CsvSource(delimiter = '|', textBlock = """
            train.steps=ten                    | --set: train.steps = ten: expected a whole number
            train.steps=-1                     | --set: train.steps = -1: steps is -1, expected a whole number of at least 0
            train.steps=99999999999            | --set: train.steps = 99999999999: expected a whole number
            train.optimizer.learningRate=fast  | --set: train.optimizer.learningRate = fast: expected a number
            train.optimizer.learningRate=-1    | learningRate is -1.0, expected a number greater than 0
            train.optimizer=adam               | --set: train.optimizer = adam: unknown optimizer 'adam'; did you mean 'adamW'?
            train.precision=fp23               | --set: train.precision = fp23: unknown value 'fp23'; did you mean 'fp32'?
            train.evaluate.selectOn=holdout(2) | holdout is 2.0, expected a fraction above 0 and below 1
            train.evaluate.selectOn=holdout(x) | expected a number
            train.evaluate.selectOn=dev(1)     | expected dev()
            train.evaluate.selectOn=           | unknown selection ''
            train.evaluate.keepBest=average.gl | unknown value 'gl'
            train.compatibility=clip,updateIdl | unknown value 'clip'. Known: batchMeanMetrics, clipPerTensor,
            train.batchsize=4                  | --set: unknown setting 'train.batchsize'; did you mean 'train.batchSize'?
            train.optimizer.momentum=4         | --set: unknown setting 'train.optimizer.momentum'
            train=4                            | --set: unknown setting 'train'
            threads=0                          | --set: threads = 0: threads is 0, expected a whole number of at least 1
            threads=all                        | --set: threads = all: expected a whole number
            checkpoint.minutes=0               | checkpoint.minutes is 0.0, expected a number greater than 0
            checkpoint.steps=-1                | checkpoint.steps is -1, expected a whole number of at least 0
            checkpoint.keep=some               | unknown value 'some'
            seeds=3..1                         | --set: seeds = 3..1: expected a range that ascends
            seeds=1;2                          | --set: seeds = 1;2: expected seeds such as 1..10 or 1, 2, 5
            out=                               | expected a path
            threads                            | --set threads: expected key=value, e.g. --set train.batchSize=16
            """)
    void aWrongAssignmentIsNamed(String assignment, String message) {
        assertThatThrownBy(() -> load(assignment))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aWrongLineOfAFileIsNamed() {
        write(beside, "# mine\nout = runs\n\ntrain.stepz = 4\n");
        refused(beside + ":4: unknown setting 'train.stepz'; did you mean 'train.steps'?");

        write(beside, "out = runs\ntrain.steps = many\n");
        refused(beside + ":2: train.steps = many: expected a whole number");

        write(beside, "out = runs\nthreads = 2\nout = elsewhere\n");
        refused(beside + ":3: out was set before, at " + beside + ":1; keep one of them");

        write(beside, "include = other.properties\n");
        refused(beside + ":1: unknown setting 'include'");
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Files.createDirectories(beside.getParent());
        Files.write(beside, new byte[] {'o', 'u', 't', '=', (byte) 0xe4});
        refused(beside + ": not UTF-8; save it in that encoding");
    }

    @Test
    void aWrongEnvironmentVariableIsNamed() {
        environment.put("PALETTE_TRAIN_STEP", "4");
        refused("unknown environment variable 'PALETTE_TRAIN_STEP'; did you mean 'PALETTE_TRAIN_STEPS'?");

        environment.clear();
        environment.put("PALETTE_THREADS", "two");
        refused("environment variable PALETTE_THREADS: threads = two: expected a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PALETTE_JAVA_OPTIONS", "PALETTE_BUILD_COMMAND", "PALETTE_TEST_DATA", "PATH"})
    void variablesThatAreNoSettingsAreLeftAlone(String variable) {
        environment.put(variable, "x");
        assertThat(load().text("out")).contains("runs");
    }

    @Test
    void relativePathsStartFromTheFileTheyStandIn() {
        write(user, "data.dir = glue\ncache.dir = /abs/cache");
        assertThat(load().dataDirectory()).contains(user.resolveSibling("glue"));
        assertThat(load().cacheDirectory()).isEqualTo(Path.of("/abs/cache"));

        write(beside, "data.dir = ../glue");
        assertThat(load().dataDirectory()).contains(folder.resolve("glue"));

        environment.put("PALETTE_DATA_DIR", "glue");
        assertThat(load().dataDirectory()).contains(working.resolve("glue"));
        assertThat(load().withScript("data.dir", "mine", script + ":3").dataDirectory())
                .contains(script.resolveSibling("mine"));
        assertThat(load("data.dir=here")
                        .withScript("data.dir", "mine", script + ":3")
                        .dataDirectory())
                .contains(working.resolve("here"));
    }

    @Test
    void everythingHasADefaultButTheData() {
        Settings settings = load();
        assertThat(settings.dataDirectory()).isEmpty();
        assertThat(settings.out()).isEqualTo(working.resolve("runs"));
        assertThat(settings.cacheDirectory()).isEqualTo(home.resolve(".cache/palette"));
        assertThat(settings.threads()).isPositive();
        assertThat(settings.checkpoints()).isEqualTo(CheckpointPlan.DEFAULT);
        assertThat(settings.origin("out")).isEqualTo("default");
        assertThat(settings.origin("data.dir")).isEqualTo("default");
    }

    @Test
    void theUsersFoldersFollowTheXdgRules() {
        Path config = folder.resolve("config");
        write(config.resolve("palette/palette.properties"), "threads = 3");
        environment.put("XDG_CONFIG_HOME", config.toString());
        environment.put("XDG_CACHE_HOME", "relative/is/ignored");
        assertThat(load().threads()).isEqualTo(3);
        assertThat(load().cacheDirectory()).isEqualTo(home.resolve(".cache/palette"));
    }

    @Test
    void theOriginOfEveryValueIsKnown() {
        write(user, "threads = 3\nout = a");
        environment.put("PALETTE_TRAIN_STEPS", "4");
        Settings settings = load("checkpoint.minutes=2").withScript("out", "b", script + ":7");

        assertThat(settings.origin("threads")).isEqualTo(user + ":1");
        assertThat(settings.origin("out")).isEqualTo(script + ":7");
        assertThat(settings.origin("train.steps")).isEqualTo("environment variable PALETTE_TRAIN_STEPS");
        assertThat(settings.origin("checkpoint.minutes")).isEqualTo("--set");
        assertThatThrownBy(() -> settings.origin("output")).hasMessageContaining("did you mean 'out'?");
    }

    @Test
    void aValueMayReferToAnother() {
        write(user, "data.dir = /data\nout = ${data.dir}/runs");
        assertThat(load().out()).isEqualTo(Path.of("/data/runs"));
        assertThat(load("data.dir=/other").out()).isEqualTo(Path.of("/other/runs"));
    }

    @Test
    void aScriptsWrongValueIsNamed() {
        assertThatThrownBy(() -> load().withScript("threads", "two", "a.groovy:3"))
                .hasMessage("a.groovy:3: threads = two: expected a whole number");
        assertThatThrownBy(() -> load().withScript("thread", "2", "a.groovy:3"))
                .hasMessageStartingWith("a.groovy:3: unknown setting 'thread'; did you mean 'threads'?");
    }

    private Training resolve(String... assignments) {
        return load(assignments).aboveScript(new Training.Options(), "train").build();
    }

    private Settings load(String... assignments) {
        return Settings.load(new Settings.Sources(script, List.of(assignments), environment, home, working));
    }

    private void refused(String message) {
        assertThatThrownBy(this::load).isInstanceOf(PaletteException.class).hasMessageContaining(message);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
