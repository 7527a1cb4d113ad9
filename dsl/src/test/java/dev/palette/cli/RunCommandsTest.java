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
import dev.palette.storage.LockedFolder;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look after runs: runs, show, logs, clean. */
class RunCommandsTest {
    private static final List<Trial> TRIALS = Experiment.of(
                    "pals",
                    e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                            .tasks(GlueTasks.of(GlueLayout.COLA))
                            .adapters(new Shared(), Pal.of(p -> p.size(12).heads(6)))
                            .samplings(new Proportional())
                            .training(t -> t.steps(50)))
            .trials();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path runs;
    private RunDirectory finished;
    private RunDirectory unfinished;

    @BeforeEach
    void twoRuns() throws IOException {
        runs = folder.resolve("runs");
        finished = begin(TRIALS.get(0));
        finished.finish(result(TRIALS.get(0)));
        write(finished, "checkpoints/best/weights.safetensors", 5_000);
        unfinished = begin(TRIALS.get(1));
        write(unfinished, "checkpoints/step-20/weights.safetensors", 9_000);
    }

    @Test
    void runsListsALineARun() {
        assertThat(execute("runs", runs)).isZero();

        assertThat(lines())
                .hasSize(3)
                .anyMatch(
                        line -> line.matches("pals +%s +shared +proportional +finished +1 +50/50 +41.5 +\\d+ s +\\d.*kB"
                                .formatted(TRIALS.get(0).id())))
                .anyMatch(line -> line.matches("pals +%s +PALs\\(12\\) +proportional +unfinished +1 +20/50 +– +.*"
                        .formatted(TRIALS.get(1).id())));
    }

    @Test
    void runsFindsAnExperimentByItsNameAndSaysWhenThereIsNone() {
        assertThat(execute("runs", "pals", "--out", runs)).isZero();
        assertThat(lines()).hasSize(3);
        assertThat(execute("runs", "--out", folder.resolve("nowhere"))).isZero();
        assertThat(out.toString()).contains("no runs in " + folder.resolve("nowhere"));
        assertThat(execute("runs", "pal", "--out", runs)).isEqualTo(2);
        assertThat(err.toString()).contains("there is no run 'pal' in " + runs);
    }

    @Test
    void runsAsJsonHasAnObjectARun() throws IOException {
        assertThat(execute("runs", runs, "--json")).isZero();

        JsonNode array = new ObjectMapper().readTree(out.toString());
        assertThat(array).hasSize(2).allSatisfy(run -> {
            assertThat(run.get("experiment").asText()).isEqualTo("pals");
            assertThat(run.get("steps").asInt()).isEqualTo(50);
        });
        assertThat(array.findValuesAsText("state")).containsExactlyInAnyOrder("finished", "unfinished");
        assertThat(array.findValues("score"))
                .singleElement()
                .satisfies(score -> assertThat(score.asDouble()).isEqualTo(0.415));
    }

    @Test
    void aDamagedRunIsListedAsSuch() throws IOException {
        Path result = finished.folder().resolve("result.json");
        Files.writeString(result, Files.readString(result).replace("0.415", "0.915"));

        assertThat(execute("runs", runs)).isZero();
        assertThat(out.toString())
                .contains("damaged")
                .contains(result + " is damaged: it is not as it was written")
                .doesNotContain("91.5");
        assertThat(execute("show", finished.folder())).isEqualTo(2);
        assertThat(err.toString()).contains("move the folder " + finished.folder() + " away to run the trial again");
    }

    @Test
    void showSaysAllThatTheFolderKnows() {
        assertThat(execute("show", TRIALS.get(0).id().substring(0, 7), "--out", runs))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "state      finished, step 50 of 50",
                        "\"adapter\":{\"word\":\"shared\"}",
                        "weights    aaaa",
                        "data       cola/train bbbb",
                        "score      cola dev matthews 41.50",
                        "best step  40, selected on holdout(0.1)",
                        "training   0:01:02",
                        "memory     2.00 GB at most",
                        "checkpoint best, 5.00 kB",
                        "log        " + finished.folder().resolve("run.log"));
    }

    @Test
    void showAsJsonHasTrialProvenanceAndResult() throws IOException {
        assertThat(execute("show", unfinished.folder(), "--json")).isZero();
        assertThat(execute("show", finished.folder(), "--json")).isZero();

        JsonNode[] shown = new ObjectMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(out.toString())
                .readAll()
                .toArray(new JsonNode[0]);
        assertThat(shown[0].at("/checkpoints/0/name").asText()).isEqualTo("step-20");
        assertThat(shown[0].has("result")).isFalse();
        assertThat(shown[1].at("/trial/seed").asInt()).isEqualTo(1);
        assertThat(shown[1].at("/provenance/weights").asText()).isEqualTo("aaaa");
        assertThat(shown[1].at("/result/scores/0/value").asDouble()).isEqualTo(0.415);
    }

    @Test
    void logsPrintsTheLogAndSaysWhereThereIsNone() throws IOException {
        assertThat(execute("logs", finished.folder())).isEqualTo(2);
        assertThat(err.toString()).contains("has no log yet");

        Files.writeString(finished.log(), "first\nsecond, \u001b[2J without an end");
        assertThat(execute("logs", finished.folder())).isZero();
        assertThat(execute("logs", "-f", finished.folder())).isZero(); // nobody runs it: nothing to wait for
        assertThat(out.toString()).isEqualTo("first\nsecond, ?[2J without an end".repeat(2));
    }

    @Test
    void logsFollowsUntilTheRunEnds() throws IOException, ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<Integer> command;
        try (LockedFolder held = unfinished.tryLock().orElseThrow()) {
            assertThat(held).isNotNull();
            Files.writeString(unfinished.log(), "first\n");
            command = CompletableFuture.supplyAsync(() -> execute("logs", "-f", unfinished.folder()));
            waitFor("first\n");
            Files.writeString(unfinished.log(), "anew\n"); // shorter: truncated
            waitFor("first\nanew\n");
            Path other = Files.writeString(folder.resolve("other"), "rotated in, and longer\n");
            Files.delete(unfinished.log());
            Files.move(other, unfinished.log());
            waitFor("first\nanew\nrotated in, and longer\n");
        }
        assertThat(command.get(1, TimeUnit.MINUTES)).isZero();
        assertThat(out.toString()).isEqualTo("first\nanew\nrotated in, and longer\n");
    }

    private void waitFor(String text) throws InterruptedException {
        while (!out.toString().equals(text)) {
            Thread.sleep(10);
        }
    }

    @Test
    void cleanListsAndRemovesWhatNobodyNeeds() throws IOException {
        write(finished, "checkpoints/step-50/weights.safetensors", 7_000);

        assertThat(execute("clean", "--dry-run", runs)).isZero();
        assertThat(out.toString())
                .isEqualTo("""
                           7.00 kB  %s  (checkpoint of a finished run)
                        nothing was removed; without --dry-run up to 7.00 kB go
                        """.formatted(finished.checkpoints().resolve("step-50")));
        assertThat(execute("clean", runs)).isZero();
        assertThat(out.toString()).endsWith("7.00 kB removed\n");
        assertThat(finished.checkpoints().resolve("step-50")).doesNotExist();
        assertThat(finished.checkpoints().resolve("best")).exists();
        assertThat(unfinished.checkpoints().resolve("step-20")).exists();
        assertThat(execute("clean", runs)).isZero();
        assertThat(out.toString()).endsWith("nothing to remove\n");
    }

    @Test
    void cleanRemovesAResultOnlyWithYes() throws IOException {
        Path stale = finished.folder().resolveSibling(TRIALS.get(0).id() + ".stale-1");
        Files.move(finished.folder(), stale);
        Path abandoned = unfinished.folder().resolveSibling(TRIALS.get(1).id() + ".stale-1");
        Files.move(unfinished.folder(), abandoned);

        assertThat(execute("clean", runs)).isZero();
        assertThat(out.toString()).contains("(stale run, has a result: stays without --yes)");
        assertThat(stale).exists();
        assertThat(abandoned).doesNotExist();

        assertThat(execute("clean", "--yes", runs)).isZero();
        assertThat(stale).doesNotExist();
    }

    @Test
    void cleanLeavesAloneWhatIsWorkedOn() throws IOException {
        write(finished, "checkpoints/step-50/weights.safetensors", 7_000);
        try (LockedFolder held = finished.tryLock().orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(execute("clean", runs)).isZero();
        }
        assertThat(err.toString()).contains(finished.folder() + " is being worked on and left alone");
        assertThat(finished.checkpoints().resolve("step-50")).exists();
    }

    private List<String> lines() {
        return out.toString().lines().toList();
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

    private RunDirectory begin(Trial trial) {
        RunDirectory run = RunDirectory.of(runs, "pals", trial);
        run.open(Provenance.present(trial, "cpu()", "fp32", 2, "aaaa", Map.of("cola/train", "bbbb")));
        return run;
    }

    private static RunResult result(Trial trial) {
        return RunResult.of(
                trial,
                List.of(new Score("cola", "dev", "matthews", 0.415)),
                List.of(),
                new Parameters(113, 100),
                40,
                List.of(),
                62,
                2_000_000_000);
    }

    private static void write(RunDirectory run, String name, int bytes) throws IOException {
        Path file = run.folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }
}
