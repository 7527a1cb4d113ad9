package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import dev.palette.result.Cleanup.Kind;
import dev.palette.result.Cleanup.Leftover;
import dev.palette.storage.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
    private static final Trial TRIAL = Examples.experiment().trials().get(0);
    private static final String LEFT = ".weights.safetensors.0b6d7f3e-1f7a-4d6b-9a43-2f3f7b8c9d01.tmp";

    @TempDir
    private Path out;

    private RunDirectory run;

    @BeforeEach
    void begin() throws IOException {
        run = RunDirectory.of(out, "pals", TRIAL);
        run.open(Provenance.present(TRIAL, "cpu()", "fp32", 2, "aaaa", Map.of()));
        write("checkpoints/step-40/weights.safetensors", 1_000);
        write("checkpoints/step-50/weights.safetensors", 1_000);
        write("checkpoints/best-40/weights.safetensors", 500);
        write("checkpoints/step-50/" + LEFT, 300);
        write("metrics.jsonl", 10);
    }

    @Test
    void ofAnUnfinishedRunOnlyWhatAKilledProcessLeftCanGo() {
        assertThat(Cleanup.in(run.folder()))
                .containsExactly(new Leftover(
                        run.folder(),
                        run.checkpoints().resolve("step-50").resolve(LEFT),
                        Kind.TEMPORARY_FILE,
                        300,
                        false));
    }

    @Test
    void ofAFinishedRunAllCheckpointsButTheBestCanGo() {
        run.finish(Results.of(TRIAL, 0.5)); // whose best step is 40
        List<Leftover> found = Cleanup.in(run.folder());

        assertThat(found)
                .extracting(leftover -> leftover.path().getFileName().toString(), Leftover::bytes, Leftover::kind)
                .containsExactly(tuple("step-50", 1_300L, Kind.CHECKPOINT), tuple("step-40", 1_000L, Kind.CHECKPOINT));
        assertThat(Cleanup.remove(run.folder(), found)).contains(found);

        assertThat(run.checkpoints().resolve("best-40/weights.safetensors")).exists();
        assertThat(run.state()).isEqualTo(RunState.FINISHED);
        assertThat(Cleanup.in(run.folder())).isEmpty();
    }

    @Test
    void aStaleRunCanGoWhole() throws IOException {
        run.finish(Results.of(TRIAL, 0.5));
        Path stale = Files.move(run.folder(), run.folder().resolveSibling(TRIAL.id() + ".stale-1"));

        List<Leftover> found = Cleanup.in(stale);
        assertThat(found).singleElement().satisfies(leftover -> {
            assertThat(leftover.path()).isEqualTo(stale);
            assertThat(leftover.holdsResult()).isTrue();
            assertThat(leftover.bytes()).isGreaterThan(2_800);
        });
        assertThat(Cleanup.remove(stale, found)).contains(found);
        assertThat(stale).doesNotExist();
    }

    @Test
    void aRunThatIsWorkedOnIsLeftAlone() {
        List<Leftover> found = Cleanup.in(run.folder());
        try (LockedFolder held = run.tryLock().orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(Cleanup.remove(run.folder(), found)).isEmpty();
        }
        assertThat(run.checkpoints().resolve("step-50").resolve(LEFT)).exists();
    }

    @Test
    void whatHasComeIntoUseSinceItWasListedStays() throws IOException {
        run.finish(Results.of(TRIAL, 0.5));
        List<Leftover> found = Cleanup.in(run.folder());
        Files.delete(run.folder().resolve("result.json")); // run again meanwhile

        Cleanup.remove(run.folder(), found);

        assertThat(run.checkpoints().resolve("step-40")).exists();
    }

    private void write(String name, int bytes) throws IOException {
        Path file = run.folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }
}
