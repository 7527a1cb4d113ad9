package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.execution.PredictOptions;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.report.Console;
import dev.palette.result.Parameters;
import dev.palette.result.PredictionFile;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.session.Backend;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line in this process: what it prints, where, and what it tells the shell. */
class MainTest {
    private static final String SCRIPT = """
            experiment('try') {
                encoder bertBase.uncased
                tasks glue.cola
                dataDir 'data'
                adapter choice(shared(), pal { size 204; heads 6 })
                sampler proportional()
                train { steps 120 }
            }
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<RunOptions> asked = new ArrayList<>();
    private Function<List<Trial>, RunSummary> outcome =
            trials -> new RunSummary(trials.stream().map(MainTest::result).toList(), 0, List.of(), List.of(), 0, false);
    private Path script;

    @BeforeEach
    void aScript() throws IOException {
        script = Files.writeString(folder.resolve("try.groovy"), SCRIPT);
    }

    @Test
    void aFinishedExperimentPrintsItsTableAndExitsWith0() {
        assertThat(run()).isZero();

        assertThat(out.toString())
                .contains("PALs(204)", "shared", "50.0")
                .contains("written to " + folder.resolve("out/try/results.md") + ", .csv and .json");
        assertThat(folder.resolve("out/try")).isDirectoryContaining("glob:**/results.json");
        assertThat(err.toString()).isEqualTo("2 finished, 0 finished earlier, 0 failed, 0 not finished\n");
    }

    @Test
    void optionsReachTheRunnerAsSettings() {
        run("--threads", "3", "--set", "checkpoint.minutes=2.5", "--set", "data.dir=" + folder.resolve("elsewhere"));

        assertThat(asked).singleElement().satisfies(options -> {
            assertThat(options.out()).isEqualTo(folder.resolve("out"));
            assertThat(options.threads()).isEqualTo(3);
            assertThat(options.checkpoints().interval()).hasSeconds(150);
            assertThat(options.dataDir()).isEqualTo(folder.resolve("elsewhere"));
        });
    }

    @Test
    void theScriptsDataDirectoryIsRelativeToTheScript() {
        run();

        assertThat(asked).singleElement().extracting(RunOptions::dataDir).isEqualTo(folder.resolve("data"));
    }

    @Test
    void aFailedTrialExitsWith1() {
        outcome = trials -> new RunSummary(
                List.of(result(trials.get(0))),
                0,
                List.of(),
                List.of(new RunSummary.Failure(trials.get(1), "the worker crashed", Path.of("run.log"))),
                0,
                false);

        assertThat(run()).isEqualTo(1);
        assertThat(out.toString()).contains("shared");
        assertThat(err.toString()).isEqualTo("""
                        1 finished, 0 finished earlier, 1 failed, 0 not finished
                          PALs(204), proportional, seed 1: the worker crashed
                              log: run.log
                        """);
    }

    @Test
    void aStoppedRunExitsWith130AndSaysHowToGoOn() {
        outcome = trials -> new RunSummary(List.of(), 0, List.of(), List.of(), 2, true);

        assertThat(run()).isEqualTo(130);
        assertThat(err.toString()).endsWith("stopped; run the same command again to go on from the last checkpoint\n");
    }

    @Test
    void aWrongScriptExitsWith2AndItsMessageAlone() throws IOException {
        Files.writeString(script, SCRIPT.replace("dataDir 'data'", "layer 4"));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(script + """
                :4:5: unknown word 'layer' in experiment; did you mean 'layers'? Known options of experiment: adapter, dataDir, \
                encoder, layers, predictTest, profiles, results, run, sampler, sweep, tasks, train.
                    layer 4
                    ^
                """);
        assertThat(asked).isEmpty();
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() throws IOException {
        Files.writeString(script, "experiment('x') {\n    layer 4\n}\n");

        assertThat(run("--stacktrace")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown word 'layer'", "\tat ");
    }

    @Test
    void anUnknownSettingExitsWith2AndNamesTheNearest() {
        assertThat(run("--set", "train.batchsize=8")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--set: unknown setting 'train.batchsize'; did you mean 'train.batchSize'? Known: ");
    }

    @Test
    void aSettingOfTheWrongTypeOrRangeExitsWith2() {
        assertThat(run("--set", "train.steps=many")).isEqualTo(2);
        assertThat(run("--set", "train.steps=-1")).isEqualTo(2);
        assertThat(run("--threads", "0")).isEqualTo(2);
        assertThat(run("--set", "train.steps")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "--set: train.steps = many: expected a whole number",
                        "--set: train.steps = -1: steps is -1, expected a whole number of at least 0",
                        "--set: threads = 0: threads is 0, expected a whole number of at least 1",
                        "--set train.steps: expected key=value, e.g. --set train.batchSize=16");
    }

    @Test
    void withoutADataDirectoryNothingIsRun() throws IOException {
        Files.writeString(script, SCRIPT.replace("    dataDir 'data'\n", ""));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'\n");
        assertThat(run("--dry-run")).isZero();
    }

    @Test
    void aMissingScriptExitsWith2() {
        assertThat(execute("run", folder.resolve("absent.groovy").toString())).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("there is no script " + folder.resolve("absent.groovy")
                        + "; give the path of an experiment script\n");
    }

    @Test
    void anUnwritableOutFolderExitsWith2AndIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(execute("run", script.toString(), "--out", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(file.toString()).doesNotContain("\tat ");
    }

    @Test
    void aDryRunListsTrialsAndParametersAndRunsNothing() {
        assertThat(run("--dry-run")).isZero();

        assertThat(out.toString().lines().map(line -> line.replaceAll("[0-9,]{9,} parameters, 1[.][0-9]{4}", "n")))
                .containsExactly(
                        "try: 2 trials, 120 steps each",
                        "search: all of 2 combinations of adapter; 1 seed each",
                        "  shared, proportional, seed 1       n × the encoder's  to run",
                        "  PALs(204), proportional, seed 1    n × the encoder's  to run",
                        "time: not known, since no run is finished whose speed could be looked at");
        assertThat(asked).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aDryRunRefusesWhatTheEncoderCannotRead() {
        assertThat(run("--dry-run", "--set", "train.maxLength=600")).isEqualTo(2);

        assertThat(err.toString()).startsWith("train.maxLength is 600, but the encoder reads at most 512 word pieces");
    }

    @Test
    void aFaultOfPaletteItselfExitsWith1AndItsStackTrace() {
        outcome = trials -> {
            throw new IllegalStateException("broken");
        };

        assertThat(run()).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("Palette failed; this is a fault in Palette or in a plug-in, not in your input:")
                .contains("IllegalStateException: broken", "\tat ");
    }

    @Test
    void aWrongCommandLineExitsWith2() {
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("run")).isEqualTo(2);
        assertThat(execute("run", script.toString(), "--dryrun")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'SCRIPT'", "Unknown option: '--dryrun'");
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(execute("--help")).isZero();
        assertThat(execute("run", "--help")).isZero();
        assertThat(execute("--version")).isZero();
        assertThat(out.toString())
                .contains("palette run experiments/quickstart.groovy", "--dry-run", "Exit codes:", "palette ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void onlyTheNamedSubcommandIsMade() {
        assertThat(Main.commandLine(new FakeRunner(), "run", "x.groovy").getSubcommands())
                .containsOnlyKeys("run");
    }

    @Test
    void everySubcommandIsFoundUnderTheNameThatItsHelpGives() {
        assertThat(Main.commandLine(new FakeRunner()).getSubcommands())
                .isNotEmpty()
                .allSatisfy((name, command) -> {
                    Class<?> type = command.getCommand().getClass();
                    assertThat(type.getAnnotation(CommandLine.Command.class).name())
                            .isEqualTo(name);
                });
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("run", script.toString(), "--out", folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(new String[0]));
    }

    private int execute(String... arguments) {
        CommandLine command = Main.commandLine(new FakeRunner(), arguments);
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    private static RunResult result(Trial trial) {
        return RunResult.of(
                trial,
                List.of(new Score("cola", "dev", "matthews", 0.5)),
                List.of(new Score("cola", "dev", "matthews", 0.0)),
                new Parameters(113, 100),
                120,
                List.of(),
                1.0,
                1L);
    }

    /** Answers for the runner, and notes what it was asked. */
    private final class FakeRunner implements Backend {
        @Override
        public RunSummary run(
                Experiment experiment, RunOptions options, StopSignal stop, RunListener listener, Console console) {
            return run(experiment.name(), experiment.trials(), options, stop, listener, console);
        }

        @Override
        public RunSummary run(
                String experiment,
                List<Trial> trials,
                RunOptions options,
                StopSignal stop,
                RunListener listener,
                Console console) {
            asked.add(options);
            return outcome.apply(trials);
        }

        @Override
        public List<PredictionFile> predict(
                Path run, PredictOptions options, Consumer<String> messages, Console console) {
            throw new IllegalStateException("nothing here predicts");
        }
    }
}
