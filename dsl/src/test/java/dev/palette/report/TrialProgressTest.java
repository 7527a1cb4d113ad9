package dev.palette.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Pal;
import dev.palette.execution.Progress;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.Parameters;
import dev.palette.result.RunResult;
import dev.palette.sampler.RoundRobin;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialProgressTest {
    private static final Trial TRIAL = Experiment.of(
                    "try",
                    e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                            .tasks(GlueTasks.of(GlueLayout.COLA))
                            .adapters(new Pal(204, 6))
                            .samplings(new RoundRobin())
                            .training(t -> t.steps(100)))
            .trials()
            .get(0);
    private static final RunResult RESULT =
            RunResult.of(TRIAL, List.of(), List.of(), new Parameters(2, 1), 100, List.of(), 1.0, 1L);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Instant now = Instant.EPOCH;

    @Test
    void withoutATerminalThereIsALineAnIntervalAndNoControlCharacter() {
        try (TrialProgress progress =
                new TrialProgress(Console.plain(out), TrialTitle.PLAIN, () -> now, Duration.ofSeconds(30))) {
            progress.trialStarted(TRIAL, 0, 2, 0);
            step(progress, 1, 10);
            step(progress, 2, 10);
            step(progress, 3, 10);
            step(progress, 4, 10);
            progress.message(TRIAL, "evaluating cola");
            step(progress, 100, 1);
            progress.trialFinished(TRIAL, RESULT, false);
        }

        assertThat(lines())
                .containsExactly(
                        "[1/2] PALs(204), roundRobin, seed 1: step 1 of 100, loss 0.6931, cola, 1,234 tokens/s, 0:16:30 left",
                        "[1/2] PALs(204), roundRobin, seed 1: step 4 of 100, loss 0.6931, cola, 1,234 tokens/s, 0:16:00 left",
                        "evaluating cola",
                        "[1/2] PALs(204), roundRobin, seed 1: step 100 of 100, loss 0.6931, cola, 1,234 tokens/s",
                        "PALs(204), roundRobin, seed 1: finished");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    }

    @Test
    void theTimeLeftOfAResumedTrialIsJudgedByTheStepsSinceThen() {
        try (TrialProgress progress =
                new TrialProgress(Console.plain(out), TrialTitle.PLAIN, () -> now, Duration.ofSeconds(30))) {
            progress.trialStarted(TRIAL, 1, 2, 90);
            step(progress, 91, 10);
        }

        assertThat(lines())
                .singleElement()
                .asString()
                .endsWith("step 91 of 100, loss 0.6931, cola, 1,234 tokens/s, 0:01:30 left");
    }

    @Test
    void onATerminalOneLineIsRewrittenAndMessagesStandAboveIt() {
        try (TrialProgress progress = new TrialProgress(new Console(out, true, 90), TrialTitle.PLAIN)) {
            progress.trialStarted(TRIAL, 0, 2, 0);
            step(progress, 60, 10);
            progress.message(TRIAL, "evaluating cola");
            step(progress, 100, 1);
            progress.trialFinished(TRIAL, RESULT, false);
        }

        String written = bytes.toString(StandardCharsets.UTF_8);
        assertThat(written).contains("\r").doesNotContain("\u001b");
        assertThat(lines().get(0)).isEqualTo("[1/2] PALs(204), roundRobin, seed 1");
        assertThat(lines()).contains("PALs(204), roundRobin, seed 1: finished");
        assertThat(written.split("[\r\n]"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("[1/2] 100% [=")
                        .contains("100/100", "loss 0.6931, cola, 1,234 tokens/s"));
        assertThat(lines().stream().map(TrialProgressTest::afterLastReturn)).contains("evaluating cola");
    }

    @Test
    void aTrialFinishedEarlierAndOneThatFailedEachGetALine() {
        try (TrialProgress progress = new TrialProgress(Console.plain(out), TrialTitle.PLAIN)) {
            progress.trialFinished(TRIAL, RESULT, true);
            progress.trialFailed(TRIAL, new IllegalStateException("out of memory"));
        }

        assertThat(lines())
                .containsExactly(
                        "PALs(204), roundRobin, seed 1: finished earlier",
                        "PALs(204), roundRobin, seed 1: failed: out of memory");
    }

    private void step(TrialProgress progress, long step, int seconds) {
        now = now.plusSeconds(seconds);
        progress.progress(TRIAL, new Progress(step, 100, 0.69314, "cola", 1234.4));
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String afterLastReturn(String line) {
        return line.substring(line.lastIndexOf('\r') + 1).stripTrailing();
    }
}
