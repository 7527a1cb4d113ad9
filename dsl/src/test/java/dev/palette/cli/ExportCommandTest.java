package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.Parameters;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.sampler.Proportional;
import dev.palette.session.RunnerBackend;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private static final List<Trial> TRIALS = Experiment.of(
                    "pals",
                    e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                            .tasks(GlueTasks.of(GlueLayout.COLA))
                            .adapters(new Shared())
                            .samplings(new Proportional())
                            .training(t -> t.steps(50))
                            .seeds(1, 2))
            .trials();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path runs;

    @BeforeEach
    void twoRuns() throws IOException {
        runs = folder.resolve("runs");
        for (Trial trial : TRIALS) {
            RunDirectory run = RunDirectory.of(runs, "pals", trial);
            run.open(Provenance.present(trial, "cpu", "matmul", 2, "aaaa", Map.of("cola/train", "bbbb")));
            Files.writeString(
                    run.metrics(), "{\"step\":1,\"task\":\"cola\",\"loss\":0.5,\"tokens\":9,\"seconds\":0.5}\n");
        }
        Trial first = TRIALS.get(0);
        RunDirectory.of(runs, "pals", first)
                .finish(RunResult.of(
                        first,
                        List.of(new Score("cola", "dev", "matthews", 0.415)),
                        List.of(),
                        new Parameters(113, 100),
                        40,
                        List.of(),
                        62,
                        2_000_000_000));
    }

    @Test
    void runsAreExportedFinishedOrNot() throws IOException {
        assertThat(execute("export", runs, "--to", "csv", "--out", folder.resolve("tables")))
                .isZero();

        assertThat(out.toString().strip())
                .isEqualTo("exported to CSV files in %s: 1 finished, 1 as far as they have come, 0 failed"
                        .formatted(folder.resolve("tables")));
        try (Stream<Path> files = Files.list(folder.resolve("tables/pals"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void anExperimentIsNamedByItsFolderAndFilesLieBesideItsRuns() {
        assertThat(execute("export", "pals", "--to", "tensorboard", "--set", "out=" + runs))
                .isZero();
        assertThat(runs.resolve("pals/tensorboard")).isNotEmptyDirectory();
        assertThat(execute("runs", runs)).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("pals")))
                .as("still two runs")
                .hasSize(2);
    }

    @Test
    void aWordThatNobodyKnowsIsNamedWithTheKnownOnes() {
        assertThat(execute("export", runs, "--to", "tensorbord")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "--to: unknown export 'tensorbord'; did you mean 'tensorboard'? Known: csv, mlflow, tensorboard.");
    }

    @Test
    void anOptionThatItDoesNotHaveIsRefused() {
        assertThat(execute("export", runs, "--to", "csv", "--uri", "http://127.0.0.1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--set: unknown setting 'export.csv.uri'; did you mean 'export.csv.dir'?");
    }

    @Test
    void aDamagedRunFailsAlone() throws IOException {
        Files.writeString(RunDirectory.of(runs, "pals", TRIALS.get(1)).metrics(), "nothing\n");
        assertThat(execute("export", runs, "--to", "csv")).isEqualTo(1);
        assertThat(err.toString()).contains("metrics.jsonl:1: found 'nothing'");
        assertThat(out.toString()).contains("1 finished, 0 as far as they have come, 1 failed");
    }

    @Test
    void whereThereAreNoRunsItIsSaid() {
        assertThat(execute("export", "--to", "csv", "--set", "out=" + folder.resolve("nowhere")))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("no runs in " + folder.resolve("nowhere"));
    }

    private int execute(Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        return Main.commandLine(new RunnerBackend())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(texts.toArray(new String[0]));
    }
}
