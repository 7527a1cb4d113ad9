package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.adapter.Pal;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that make something of results: table, compare. */
class TableCommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void eightRuns() {
        for (Trial trial : experiment("pals").trials()) {
            boolean shared = trial.adapter().label().equals("shared");
            finish("pals", trial, (shared ? 0.4 : 0.5) + 0.01 * trial.seed());
        }
    }

    private static Experiment experiment(String name) {
        return Experiment.of(
                name,
                e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                        .tasks(GlueTasks.of(GlueLayout.COLA))
                        .adapters(new Shared(), Pal.of(p -> p.size(12).heads(6)))
                        .samplings(new Proportional())
                        .training(t -> t.steps(50))
                        .seeds(1, 2, 3, 4));
    }

    private void finish(String experiment, Trial trial, double score) {
        RunDirectory run = RunDirectory.of(folder.resolve("runs"), experiment, trial);
        run.open(Provenance.present(trial, "cpu", "fp32", 2, "aaaa", Map.of("cola/dev", "bbbb")));
        run.finish(RunResult.of(
                trial,
                List.of(new Score("cola", "dev", "matthews", score)),
                List.of(new Score("cola", "dev", "matthews", 0)),
                new Parameters(113, 100),
                40,
                List.of(),
                62,
                2_000_000_000));
    }

    @Test
    void tableNeedsNoScript() {
        assertThat(execute("table", folder.resolve("runs/pals"), "--rows", "adapter", "--columns", "task,time"))
                .isZero();

        assertThat(out.toString())
                .contains("adapter   cola mcc     time  seeds")
                .containsPattern("shared +42\\.5±1\\.3 +0:01:02 +4/4")
                .containsPattern("PALs\\(12\\) +52\\.5±1\\.3 +0:01:02 +4/4");
    }

    @Test
    void tableFindsAnExperimentByItsNameAndRefusesSeveral() {
        finish("other", experiment("other").trials().get(0), 0.3);

        assertThat(execute("table", "pals", "--out", folder.resolve("runs"))).isZero();
        assertThat(execute("table", folder.resolve("runs"))).isEqualTo(2);
        assertThat(err.toString()).contains("found runs of 2 experiments: other (1), pals (8)");
    }

    @Test
    void tableComesInEveryFormat() throws IOException {
        assertThat(execute("table", folder.resolve("runs"), "--format", "json")).isZero();
        JsonNode table = new ObjectMapper().readTree(out.toString()).at("/tables/0");
        assertThat(table.at("/rows/1/cola/cola.matthews/n").asInt()).isEqualTo(4);

        for (String[] format :
                new String[][] {{"latex", "\\toprule"}, {"markdown", "| --- |"}, {"csv", "cola.matthews.n"}}) {
            assertThat(execute("table", folder.resolve("runs"), "--format", format[0]))
                    .isZero();
            assertThat(out.toString()).contains(format[1]);
        }
    }

    @Test
    void tableComparesWithTheBaselineAndSaysThatSeedsAreTooFew() {
        assertThat(execute("table", folder.resolve("runs"), "--compare", "adapter=shared", "--only", "comparisons"))
                .isZero();

        assertThat(out.toString()).contains("too few seeds: 4, at least 6").doesNotContain("majority");
        assertThat(execute("table", folder.resolve("runs"), "--compare", "shared"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--compare is 'shared', expected an axis and its value");
    }

    @Test
    void tableSaysWhichColumnsThereAre() {
        assertThat(execute("table", folder.resolve("runs"), "--columns", "rte")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown column 'rte'", "cola.matthews");
        assertThat(execute("table", folder.resolve("nowhere"))).isEqualTo(2);
    }

    @Test
    void compareSaysInWordsHowTwoVariantsDiffer() {
        assertThat(execute("compare", "shared", "PALs(12)", "--in", folder.resolve("runs/pals"), "--margin", "1"))
                .isZero();

        assertThat(out.toString())
                .startsWith("PALs(12) against shared. They differ in adapter.\nSeeds: 4 and 4.")
                .contains("cola mcc: 52.5 against 42.5, +10.0");
        assertThat(execute("compare", "shared", "PAL(12)", "--in", folder.resolve("runs/pals")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("did you mean 'PALs(12)'?");
    }

    private int execute(Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        out.getBuffer().setLength(0);
        return Main.commandLine(new RunnerBackend())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(texts.toArray(new String[0]));
    }
}
