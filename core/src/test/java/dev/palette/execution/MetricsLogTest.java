package dev.palette.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
                log.step(step, "cola", 0.5, 10, 0.1, OptionalDouble.empty());
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
            log.step(1, "cola", 0.5, 10, 0.1, OptionalDouble.empty());
            log.step(2, "cola", 9.5, 10, 0.1, OptionalDouble.empty());
            log.continueFrom(1);
            log.step(2, "cola", 0.25, 10, 0.1, OptionalDouble.empty());
        }
        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("0.25");
    }

    @Test
    void energyIsThatOfTheStepsThatCountOverAllProcesses() {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = new MetricsLog(file, 0)) {
            log.step(1, "cola", 0.5, 10, 0.1, OptionalDouble.of(20));
            log.evaluation(1, Map.of(), 0.5, true);
            log.step(2, "cola", 9.5, 10, 0.1, OptionalDouble.of(30));
            assertThat(log.joules()).hasValue(50);
        }
        try (MetricsLog log = new MetricsLog(file, 1)) {
            log.step(2, "cola", 0.5, 10, 0.1, OptionalDouble.of(25));
            assertThat(log.joules()).hasValue(45);
        }
    }

    @Test
    void energyIsNotKnownWhereThatOfAPartOfTheTrainingIsNot() {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = new MetricsLog(file, 0)) {
            log.step(1, "cola", 0.5, 10, 0.1, OptionalDouble.empty());
        }
        try (MetricsLog log = new MetricsLog(file, 1)) {
            log.step(2, "cola", 0.5, 10, 0.1, OptionalDouble.of(25));
            assertThat(log.joules()).isEmpty();
        }
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
