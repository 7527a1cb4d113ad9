package dev.palette.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DownloadBarsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Instant now = Instant.EPOCH;

    @Test
    void withoutATerminalThereIsALineAnInterval() {
        DownloadBars bars = new DownloadBars(Console.plain(out), () -> now, Duration.ofSeconds(10));
        for (int megabytes = 1; megabytes <= 25; megabytes++) {
            bars.progress("bert.jar", megabytes * 1_000_000L, 25_000_000L);
            now = now.plusSeconds(1);
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                downloading bert.jar: 1 of 25 MB
                downloading bert.jar: 11 of 25 MB
                downloading bert.jar: 21 of 25 MB
                downloading bert.jar: 25 of 25 MB
                """);
    }

    @Test
    void onATerminalABarFills() {
        DownloadBars bars = new DownloadBars(new Console(out, true, 100));
        bars.progress("bert.jar", 1_000_000, -1);
        bars.progress("bert.jar", 25_000_000, 25_000_000);

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("downloading bert.jar 100% [=")
                .contains("25/25 MB");
    }
}
