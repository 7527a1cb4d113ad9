package dev.palette.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process is told from a later one of the same id by when it began, whatever the clock says meanwhile. */
@DisabledOnOs(OS.WINDOWS) // no sleep command
class ProcessStartTest {
    @Test
    void aProcessHasOneBeginningAndAnotherProcessAnother() throws Exception {
        Process first = sleeping();
        TimeUnit.MILLISECONDS.sleep(50); // some ticks
        Process second = sleeping();
        try {
            assertThat(ProcessStart.of(first.toHandle()))
                    .isNotEmpty()
                    .isEqualTo(ProcessStart.of(first.toHandle()))
                    .isNotEqualTo(ProcessStart.of(second.toHandle()));
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsGoneHasNone() throws Exception {
        Process gone = sleeping();
        gone.destroyForcibly().waitFor();

        assertThat(ProcessStart.of(gone.toHandle())).isEmpty();
    }

    private static Process sleeping() throws IOException {
        return new ProcessBuilder("sleep", "60").start();
    }
}
