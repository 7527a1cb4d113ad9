package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.train.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;

class StopOnSignalTest {
    @Test
    @Timeout(60)
    void aSignalAsksTheRunnerToStopAndSaysSo() throws Exception {
        StopSignal stop = new StopSignal();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (StopOnSignal signals = new StopOnSignal(stop, new PrintStream(err, true, StandardCharsets.UTF_8))) {
            Signal.raise(new Signal("TERM"));
            while (!err.toString(StandardCharsets.UTF_8).contains("without one")) {
                Thread.sleep(5);
            }
        }

        assertThat(stop.isRequested()).isTrue();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\nstopping after this step, with a checkpoint (Ctrl-C again stops at once, without one)\n");
    }
}
