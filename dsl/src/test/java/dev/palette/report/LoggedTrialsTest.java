package dev.palette.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.RunDirectory;
import dev.palette.sampler.RoundRobin;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedTrialsTest {
    @TempDir
    private Path out;

    @Test
    void eachTrialLogsIntoItsOwnRunDirectory() throws Exception {
        List<Trial> trials = Experiment.of(
                        "try",
                        e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                                .tasks(GlueTasks.of(GlueLayout.COLA))
                                .adapters(new Shared())
                                .samplings(new RoundRobin())
                                .seeds(1, 2))
                .trials();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Console console = Console.plain(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try (LoggedTrials logged = new LoggedTrials(out, "try", new TrialProgress(console, TrialTitle.PLAIN))) {
            logged.trialStarted(trials.get(0), 0, 2, 0);
            logged.trialFailed(trials.get(0), new IllegalStateException("out of memory"));
            logged.trialStarted(trials.get(1), 1, 2, 40);
            logged.message(trials.get(1), "evaluating cola");
        }

        assertThat(log(trials.get(0)))
                .contains(
                        "shared, roundRobin, seed 1 goes on from step 0",
                        "IllegalStateException: out of memory",
                        "\tat ")
                .doesNotContain("seed 2");
        assertThat(log(trials.get(1))).contains("shared, roundRobin, seed 2 goes on from step 40", "evaluating cola");
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("seed 1: failed: out of memory", "evaluating cola")
                .doesNotContain("\tat ");
    }

    private String log(Trial trial) throws Exception {
        return Files.readString(RunDirectory.of(out, "try", trial).log());
    }
}
