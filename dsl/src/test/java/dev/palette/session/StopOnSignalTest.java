package dev.palette.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.train.StopSignal;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;

class StopOnSignalTest {
    @Test
    @Timeout(60)
    void aSignalAsksTheRunnerToStopAndSaysSo() throws Exception {
        StopSignal stop = new StopSignal();
        StringWriter err = new StringWriter();
        try (StopOnSignal signals = new StopOnSignal(stop, new PrintWriter(err))) {
            Signal.raise(new Signal("TERM"));
            while (!err.toString().contains("without one")) {
                Thread.sleep(5);
            }
        }

        assertThat(stop.isRequested()).isTrue();
        assertThat(err.toString())
                .isEqualTo("\nstopping after this step, with a checkpoint (Ctrl-C again stops at once, without one)\n");
    }
}
