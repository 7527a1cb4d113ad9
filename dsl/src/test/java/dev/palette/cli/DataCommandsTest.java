package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.execution.PredictOptions;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.report.Console;
import dev.palette.result.PredictionFile;
import dev.palette.runner.RunListener;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.session.Backend;
import dev.palette.submission.GlueTable;
import dev.palette.task.Split;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around data and predictions: download, predict, submit. */
class DataCommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<Path, PredictOptions> predicted = new LinkedHashMap<>();

    private int execute(Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        return Main.commandLine(new FakePredictor())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(texts.toArray(new String[0]));
    }

    private Path finishedRun(String name) throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/glue").resolve(name));
        Files.writeString(run.resolve("trial.json"), "{}");
        Files.writeString(run.resolve("result.json"), "{}");
        return run;
    }

    private Path runWithTestPredictions() throws IOException {
        Path run = finishedRun("first");
        for (GlueTable table : GlueTable.values()) {
            Path file = table.predictions().in(run.resolve("predictions"), PredictionFile.TABLE);
            Files.createDirectories(file.getParent());
            String answer = switch (table) {
                case MNLI, MNLI_MISMATCHED, AX, QNLI, RTE -> "entailment";
                default -> "1";
            };
            Files.writeString(file, "index\tprediction\tlogit_0\n0\t" + answer + "\t0.5\n");
        }
        return run;
    }

    @Test
    void submitWritesTheArchiveAndSaysWhereEachTableIsFrom() throws IOException {
        Path run = runWithTestPredictions();

        assertThat(execute("submit", run)).isZero();

        assertThat(run.resolve("glue-submission.zip")).isNotEmptyFile();
        assertThat(out.toString().lines())
                .hasSize(12)
                .startsWith("CoLA.tsv           1 rows  " + run.resolve("predictions/cola-test.tsv"))
                .endsWith("written to " + run.resolve("glue-submission.zip"));
        assertThat(err.toString().lines())
                .hasSize(11)
                .contains("RTE.tsv has 1 rows, GLUE's test set has 3,000: the server will refuse it");
    }

    @Test
    void submitSaysWhichTaskIsFilled() throws IOException {
        Path run = runWithTestPredictions();
        Files.delete(run.resolve("predictions/wnli-test.tsv"));
        Path wnli = Files.createDirectories(folder.resolve("data/WNLI"));
        Files.writeString(wnli.resolve("train.tsv"), "index\tsentence1\tsentence2\tlabel\n0\ta\tb\t0\n");

        assertThat(execute("submit", run, "--data", folder.resolve("data"), "--to", folder.resolve("glue.zip")))
                .isZero();

        assertThat(folder.resolve("glue.zip")).isNotEmptyFile();
        assertThat(out.toString())
                .contains("WNLI.tsv         146 rows  no model: filled with the commonest label, 0\n");
    }

    @Test
    void submitWithoutPredictionsExitsWith2() throws IOException {
        assertThat(execute("submit", finishedRun("first"))).isEqualTo(2);
        assertThat(err.toString()).contains(" holds no folder 'predictions'").doesNotContain("\tat ");
    }

    @Test
    void predictAsksEveryFinishedRunForWhatIsMissing() throws IOException {
        Path first = finishedRun("first");
        Path second = finishedRun("second");
        finishedRun("second.stale-1");
        Files.delete(finishedRun("unfinished").resolve("result.json"));

        assertThat(execute("predict", folder.resolve("runs"), "--data", folder, "--splits", "test"))
                .isZero();

        assertThat(predicted.keySet()).containsExactly(first, second);
        assertThat(predicted.values()).allSatisfy(options -> {
            assertThat(options.dataDir()).isEqualTo(folder);
            assertThat(options.dev()).isFalse();
            assertThat(options.test()).isTrue();
        });
        assertThat(out.toString()).startsWith(first.resolve("predictions") + ": cola-test\n");
        assertThat(err.toString()).contains("predicting cola-test\n");
    }

    @Test
    void predictNeedsDataAndAFinishedRun() throws IOException {
        Path run = finishedRun("first");

        assertThat(execute("predict", run)).isEqualTo(2);
        assertThat(execute("predict", folder.resolve("absent"), "--data", folder))
                .isEqualTo(2);
        Files.delete(run.resolve("result.json"));
        assertThat(execute("predict", run, "--data", folder)).isEqualTo(2);
        assertThat(execute("predict", run, "--data", folder, "--splits", "train"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "no data directory is set; give it with --data DIR\n",
                        "there is no folder " + folder.resolve("absent"),
                        run + " holds no finished run",
                        "Invalid value for option '--splits'");
    }

    @Test
    void downloadWithoutANetworkExitsWith2AndSaysWhatToPlaceWhere() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        Path to = folder.resolve("glue_data");

        assertThat(execute("download", "glue", "--to", to, "--tasks", "rte,ax", "--mirror", "http://localhost:" + port))
                .isEqualTo(2);

        assertThat(err.toString())
                .startsWith("cannot fetch http://localhost:" + port
                        + "/glue/data/RTE.zip: localhost cannot be connected to\n")
                .contains(
                        "put them into " + to.resolve("downloads"),
                        "  AX.tsv                       222,257 bytes  http://localhost:" + port,
                        "  " + to.resolve("diagnostic") + ": diagnostic.tsv")
                .doesNotContain("\tat ");
    }

    @Test
    void downloadRefusesWhatItDoesNotKnow() {
        assertThat(execute("download", "glue", "--to", folder, "--tasks", "mrcp"))
                .isEqualTo(2);
        assertThat(execute("download", "squad", "--to", folder, "--tasks", "cola"))
                .isEqualTo(2);
        assertThat(execute("download", "superglue", "--to", folder)).isEqualTo(2);
        assertThat(execute("download", "glue", "--to", folder, "--mirror", "ftp://mirror.example"))
                .isEqualTo(2);
        assertThat(execute("download", "glue")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--tasks: there is no task 'mrcp'; did you mean 'mrpc'? There are: cola, mrpc,",
                        "--tasks: there is no task 'cola'. There are: squad\n",
                        "expected one of [glue, squad]",
                        "--mirror is ftp://mirror.example, expected an address such as",
                        "Missing required option: '--to=DIR'");
        assertThat(folder).isEmptyDirectory();
    }

    /** Predicts nothing, and notes what it was asked. */
    private final class FakePredictor implements Backend {
        @Override
        public List<PredictionFile> predict(
                Path run, PredictOptions options, Consumer<String> messages, Console console) {
            predicted.put(run, options);
            messages.accept("predicting cola-test");
            return List.of(new PredictionFile("cola", Split.TEST));
        }

        @Override
        public RunSummary run(
                String experiment,
                List<Trial> trials,
                RunOptions options,
                StopSignal stop,
                RunListener listener,
                Console console) {
            throw new IllegalStateException("nothing here is run");
        }

        @Override
        public RunSummary run(
                Experiment experiment, RunOptions options, StopSignal stop, RunListener listener, Console console) {
            throw new IllegalStateException("nothing here is run");
        }
    }
}
