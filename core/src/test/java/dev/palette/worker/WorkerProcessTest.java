package dev.palette.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that was started before it was known what for. */
@Timeout(120)
class WorkerProcessTest {
    private static final WorkerOptions OPTIONS = new WorkerOptions(
            200, 0, Map.of("CUDA_VISIBLE_DEVICES", "", "JAVA_TOOL_OPTIONS", "-Dmark=on-standard-error"));

    @TempDir
    private Path folder;

    @Test
    void oneThatWasStartedAheadDoesWhatItIsGivenAndLogsWhereThatLogs() throws InterruptedException {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        WorkerProcess worker = WorkerProcess.ahead(OPTIONS);
        Path log = folder.resolve("run/run.log");

        worker.employ(new WorkerCommand.Begin(), log, new Ear() {
            @Override
            public void heard(WorkerEvent event) {
                if (!(event instanceof WorkerEvent.Alive)) {
                    heard.add(event);
                }
            }

            @Override
            public void gone(String how) {
                heard.add(how);
            }
        });

        List<Object> said = Stream.of(heard.poll(100, TimeUnit.SECONDS), heard.poll(10, TimeUnit.SECONDS))
                .toList();
        String refusal = "a worker's first command cannot be Begin[]";
        assertThat(said)
                .containsExactly(
                        new WorkerEvent.Failed(WorkerEvent.Fault.OTHER, refusal),
                        "its worker process ended with code 0");
        assertThat(log).content().contains("-Dmark=on-standard-error").doesNotContain("failed to load ahead");
    }
}
