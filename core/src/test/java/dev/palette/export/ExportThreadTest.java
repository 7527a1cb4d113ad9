package dev.palette.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExportThreadTest {
    @TempDir
    private Path out;

    private final RecordingExport export = new RecordingExport();

    @Test
    void aRunIsExportedWhileItGoesOn() throws Exception {
        try (ExportThread thread = new ExportThread(List.of(export))) {
            LoggedRun run = LoggedRun.begin(out).steps(1, 3);
            thread.follow(run.folder());
            run.steps(4, 4).finish();
            export.finished.await();
            assertThat(thread.notices()).isEmpty();
        }
        assertThat(export.events).startsWith("begin").endsWith("finish", "close");
    }

    @Test
    void closingExportsWhatThereIsStill() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 3);
        ExportThread thread = new ExportThread(List.of(export));
        thread.follow(run.folder());
        thread.close();
        assertThat(export.events).containsExactly("begin", "steps 1..3", "close");
        assertThat(thread.notices()).isEmpty();
    }

    @Test
    void aDestinationThatCannotBeReachedIsNamedOnceAndTriedAgain() throws Exception {
        export.failures.set(1);
        List<String> notices = new ArrayList<>();
        try (ExportThread thread = new ExportThread(List.of(export))) {
            thread.follow(LoggedRun.begin(out).steps(1, 3).finish().folder());
            export.finished.await();
            thread.close();
            notices.addAll(thread.notices());
        }
        assertThat(notices)
                .containsExactly(
                        "cannot export to the record: nobody there; training goes on, and it is tried again",
                        "the record is reached again; what was missed is exported now");
        assertThat(export.events).contains("steps 1..3", "finish");
    }

    @Test
    void whatWasNotExportedIsSaidWithTheCommandThatDoesItLater() throws IOException {
        export.failures.set(1_000);
        ExportThread thread = new ExportThread(List.of(export));
        thread.follow(LoggedRun.begin(out).steps(1, 3).folder());
        thread.close();

        assertThat(thread.notices())
                .containsExactly(
                        "cannot export to the record: nobody there; training goes on, and it is tried again",
                        "1 run is not exported to the record in full; do it later with: palette export %s --to record"
                                .formatted(out.resolve("pals")));
    }

    @Test
    void aDestinationThatHangsIsLeftAfterTheTimeLimit() throws IOException {
        export.hangs = true;
        ExportThread thread = new ExportThread(List.of(export), Duration.ofMillis(50));
        thread.follow(LoggedRun.begin(out).steps(1, 3).folder());
        thread.close();

        assertThat(thread.notices()).last().asString().startsWith("1 run is not exported to the record in full");
    }

    @Test
    void aFaultyPluginIsSwitchedOffAndTheOthersGoOn() throws Exception {
        RecordingExport faulty = new RecordingExport();
        faulty.fault = new IllegalStateException("no such project");
        ExportThread thread = new ExportThread(List.of(faulty, export));
        thread.follow(LoggedRun.begin(out).steps(1, 3).finish().folder());
        export.finished.await();
        thread.close();

        assertThat(thread.notices())
                .contains("the export 'record' failed and is switched off; this is a fault in it, not in your input:"
                        + " java.lang.IllegalStateException: no such project");
    }

    @Test
    void aDamagedRunIsNamedAndTheOthersAreExported() throws Exception {
        LoggedRun damaged = LoggedRun.begin(out).steps(1, 1);
        Files.writeString(damaged.directory().metrics(), "nothing\n");
        LoggedRun whole = LoggedRun.begin(out, Examples.experiment().trials().get(1))
                .steps(1, 3)
                .finish();
        ExportThread thread = new ExportThread(List.of(export));
        thread.follow(damaged.folder());
        thread.follow(whole.folder());
        export.finished.await();
        thread.close();

        assertThat(thread.notices())
                .singleElement()
                .asString()
                .startsWith("a run is not exported to the record: %s:1: found 'nothing'"
                        .formatted(damaged.directory().metrics()));
    }

    @Test
    void withoutADestinationNothingHappens() throws IOException {
        try (ExportThread thread = new ExportThread(List.of())) {
            thread.follow(LoggedRun.begin(out).folder());
            assertThat(thread.notices()).isEmpty();
        }
    }
}
