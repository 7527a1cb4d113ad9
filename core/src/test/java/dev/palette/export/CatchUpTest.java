package dev.palette.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Examples;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatchUpTest {
    @TempDir
    private Path out;

    private final RecordingExport export = new RecordingExport();

    @Test
    void finishedRunsAndOthersAreExportedAsFarAsTheyHaveCome() throws IOException {
        Path finished = LoggedRun.begin(out).steps(1, 3).finish().folder();
        Path unfinished = LoggedRun.begin(out, Examples.experiment().trials().get(1))
                .steps(1, 2)
                .folder();
        List<Path> started = new ArrayList<>();

        CatchUp.Outcome outcome = catchUp().export(List.of(finished, unfinished), started::add);

        assertThat(outcome).isEqualTo(new CatchUp.Outcome(1, 1, List.of()));
        assertThat(started).containsExactly(finished, unfinished);
        assertThat(export.events)
                .containsExactly("begin", "steps 1..3", "finish", "close", "begin", "steps 1..2", "close");
    }

    @Test
    void aDestinationThatAnswersAtTheFourthAttemptSuffices() throws IOException {
        Path run = LoggedRun.begin(out).steps(1, 3).finish().folder();
        export.failures.set(3);
        assertThat(catchUp().export(List.of(run), folder -> {}).finished()).isEqualTo(1);
    }

    @Test
    void aDestinationThatNeverAnswersIsAnErrorThatSaysHowFarItCame() throws IOException {
        Path run = LoggedRun.begin(out).steps(1, 3).finish().folder();
        export.failures.set(4);
        assertThatThrownBy(() -> catchUp().export(List.of(run), folder -> {}))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "cannot export to the record: nobody there; 0 of 1 runs were exported; the same command goes on from there");
    }

    @Test
    void aDamagedRunIsAProblemOfItsOwn() throws IOException {
        LoggedRun damaged = LoggedRun.begin(out).steps(1, 3);
        Files.writeString(damaged.folder().resolve("trial.json"), "{}");
        Path whole = LoggedRun.begin(out, Examples.experiment().trials().get(1))
                .finish()
                .folder();

        CatchUp.Outcome outcome = catchUp().export(List.of(damaged.folder(), whole), folder -> {});

        assertThat(outcome.finished()).isEqualTo(1);
        assertThat(outcome.problems()).singleElement().asString().contains("trial.json is damaged");
    }

    private CatchUp catchUp() {
        return new CatchUp(export, Duration.ZERO);
    }
}
