package dev.palette.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a run's metrics stays when the run goes on. */
class MetricsLogTest {
    @TempDir
    Path folder;

    @Test
    void theLinesOfLaterStepsAndWhatIsBrokenAreDropped() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = new MetricsLog(file, 0)) {
            for (long step = 1; step <= 3; step++) {
                log.step(step, "cola", 0.5, 10, 0.1);
            }
        }
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, String.join("\n", lines) + "\n{\"step\":2,\"ta");

        new MetricsLog(file, 3).close();
        assertThat(file).hasContent(String.join("\n", lines));
        new MetricsLog(file, 2).close();
        assertThat(file).hasContent(String.join("\n", lines.subList(0, 2)));
    }

    @Test
    void whenTrainingGoesBackTheLinesOfTheStepsThatItTakesAgainAreDropped() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = new MetricsLog(file, 0)) {
            log.step(1, "cola", 0.5, 10, 0.1);
            log.step(2, "cola", 9.5, 10, 0.1);
            log.continueFrom(1);
            log.step(2, "cola", 0.25, 10, 0.1);
        }
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("0.25");
    }

    @Test
    void gigabytesWithoutALineAreNotRead() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(10_000_000_000L);
        }
        new MetricsLog(file, 3).close();
        assertThat(file).isEmptyFile();
    }
}
