package dev.palette.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.execution.TrialOutcome;
import dev.palette.worker.Worker;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said and told through files, and what stands between them and a worker. */
@Timeout(60)
class NodeFilesTest {
    @TempDir
    private Path folder;

    private NodeFiles files;

    /** A worker that only remembers. */
    private static class Told implements Worker {
        private final List<WorkerCommand> commands = new CopyOnWriteArrayList<>();

        @Override
        public void tell(WorkerCommand command) {
            commands.add(command);
        }

        @Override
        public void kill() {
            throw new AssertionError("it does not hang");
        }
    }

    @BeforeEach
    void aFolder() {
        files = new NodeFiles(folder);
    }

    @Test
    void aLineIsReadOnceAndOnlyWhenItIsWhole() throws IOException {
        GrowingFile.Place place = new GrowingFile.Place();
        assertThat(files.events(0, place)).isEmpty();
        files.say(0, List.of(new WorkerEvent.Alive(), new WorkerEvent.Started(7)));
        Path written = folder.resolve("events-0");
        String half = "palette:{\"event\":\"said\",\"line\":";
        Files.writeString(written, half, StandardOpenOption.APPEND);

        assertThat(files.events(0, place)).containsExactly(new WorkerEvent.Alive(), new WorkerEvent.Started(7));
        assertThat(files.events(0, place)).isEmpty();
        Files.writeString(written, "\"é\"}\n", StandardOpenOption.APPEND);
        assertThat(files.events(0, place)).containsExactly(new WorkerEvent.Said("é"));
    }

    @Test
    void eachStartHasFilesOfItsOwn() {
        assertThat(files.latest()).isZero();
        files.say(0, List.of(new WorkerEvent.Alive()));
        files.say(12, List.of(new WorkerEvent.Prepared()));
        files.tell(0, new WorkerCommand.Stop());

        assertThat(files.latest()).isEqualTo(12);
        assertThat(files.events(12, new GrowingFile.Place())).containsExactly(new WorkerEvent.Prepared());
        assertThat(files.commands(12, new GrowingFile.Place())).isEmpty();
        assertThat(files.commands(0, new GrowingFile.Place())).containsExactly(new WorkerCommand.Stop());
    }

    @Test
    void ofTheStepsBetweenTwoLooksTheNewestIsPassedOnAndEverythingElse() {
        Told worker = new Told();
        NodeWatch watch = new NodeWatch(files.line(0), () -> {});
        watch.heard(new WorkerEvent.Prepared());
        LongStream.range(1, 100).forEach(step -> watch.heard(step(step)));
        watch.heard(new WorkerEvent.Said("half way"));
        LongStream.range(100, 200).forEach(step -> watch.heard(step(step)));
        watch.heard(new WorkerEvent.Ended(TrialOutcome.FINISHED));
        watch.gone("");

        watch.follow(worker);

        assertThat(files.events(0, new GrowingFile.Place()))
                .containsExactly(
                        new WorkerEvent.Prepared(),
                        step(99),
                        new WorkerEvent.Said("half way"),
                        step(199),
                        new WorkerEvent.Ended(TrialOutcome.FINISHED));
        assertThat(worker.commands).containsExactly(new WorkerCommand.Begin());
        assertThat(watch.code()).isEqualTo(NodeWatch.OVER);
    }

    @Test
    void aWishToStopOfTheClustersReachesTheWorker() throws IOException {
        Files.createFile(files.stop(3));
        NodeWatch watch = new NodeWatch(files.line(3), () -> {});
        Told worker = new Told() {
            @Override
            public void tell(WorkerCommand command) {
                super.tell(command);
                watch.heard(step(5));
                watch.heard(new WorkerEvent.Ended(TrialOutcome.STOPPED));
                watch.gone("");
            }
        };

        watch.follow(worker);

        assertThat(worker.commands).containsExactly(new WorkerCommand.Stop());
        assertThat(watch.code()).isEqualTo(NodeWatch.STOPPED);
    }

    @Test
    void aWorkerThatIsGoneWithoutALastWordHasFailed() {
        NodeWatch watch = new NodeWatch(files.line(0), () -> {});
        watch.gone("its worker process ended with signal 9");

        watch.follow(new Told());

        assertThat(files.events(0, new GrowingFile.Place()))
                .containsExactly(
                        new WorkerEvent.Failed(WorkerEvent.Fault.OTHER, "its worker process ended with signal 9"));
        assertThat(watch.code()).isEqualTo(NodeWatch.FAILED);
    }

    private static WorkerEvent step(long step) {
        return new WorkerEvent.Advanced(step, 200, 0.5, "cola", 100);
    }
}
