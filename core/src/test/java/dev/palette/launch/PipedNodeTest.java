package dev.palette.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.worker.JavaCommand;
import dev.palette.worker.Wire;
import dev.palette.worker.WorkerEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Palette's program beside a cluster's own: one order after annode, until its input ends. */
@Timeout(120)
class PipedNodeTest {
    @Test
    void anOrderThatCannotBeReadIsAnsweredAndTheNextIsHeard() throws Exception {
        Process node = start("1", "0");
        try (Writer in = node.outputWriter();
                BufferedReader out = node.inputReader()) {
            in.write("{}\n");
            in.flush();
            assertThat(lastWord(out)).contains("order").contains("is missing");
            in.write("stop\nno JSON\n");
            in.flush();
            assertThat(lastWord(out)).contains("no valid JSON");
        }
        assertThat(node.waitFor()).isZero();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> words = JavaCommand.words(100, List.of(), PipedNode.class);
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String lastWord(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Optional<WorkerEvent> event = Wire.event(line);
            if (event.isPresent() && event.get() instanceof WorkerEvent.Failed failed) {
                return failed.message();
            }
        }
        throw new AssertionError("it has ended");
    }
}
