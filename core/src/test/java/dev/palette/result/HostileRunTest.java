package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.RunEntry.State;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.storage.SealedJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run folders that somebody else made, to be read by whoever was sent them. */
class HostileRunTest {
    private static final Trial TRIAL = Examples.experiment().trials().get(0);
    private static final int DEEP = 100_000;

    @TempDir
    private Path out;

    private RunDirectory run;

    @BeforeEach
    void finish() {
        run = RunDirectory.of(out, "pals", TRIAL);
        run.open(Provenance.present(TRIAL, "cpu()", "fp32", 2, "aaaa", Map.of()));
        run.finish(Results.of(TRIAL, 0.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial.json", "result.json"})
    void gigabytesAreRefusedUnread(String name) throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(run.folder().resolve(name).toFile(), "rw")) {
            sparse.setLength(10_000_000_000L);
        }

        assertIsRefused(name, "it has 10.0 GB, more than the 8.39 MB that such a file may have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial.json", "result.json"})
    void aFolderInAFilesPlaceIsRefused(String name) throws IOException {
        Files.delete(run.folder().resolve(name));
        Files.createDirectory(run.folder().resolve(name));

        assertIsRefused(name, "it is a folder, expected a file");
    }

    @Test
    void deepNestingUnderAValidSealIsRefused() {
        SealedJson.write(
                run.folder().resolve("result.json"), "{ \"scores\" : " + "[".repeat(DEEP) + "]".repeat(DEEP) + "}");

        assertIsRefused("result.json", "");
    }

    @Test
    void deepNestingInATrialWhoseHashIsRightIsRefused() throws IOException {
        String deep = "{\"adapter\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
        String id = FileDigest.sha256(deep.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        Path folder = Files.createDirectories(out.resolve("pals").resolve(id));
        Files.writeString(folder.resolve("trial.json"), deep);

        assertThatThrownBy(() -> RunDirectory.trial(folder, Vocabulary.installed()))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("nesting depth");
        assertThat(new RunListing(Vocabulary.installed()).entry(folder).state()).isEqualTo(State.DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"result.json", "checkpoints", "predictions", "run.log", "checkpoints/step-1/state.json"})
    void aLinkInARunsFolderIsRefusedBeforeAnythingIsReadOrWrittenThroughIt(String name) throws IOException {
        Path elsewhere = Files.createDirectories(out.resolve("elsewhere"));
        Path link = run.folder().resolve(name);
        Files.deleteIfExists(link);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, elsewhere);

        assertThatThrownBy(() -> run.state())
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(link + " is a symbolic link");
        assertThatThrownBy(() -> run.open(Provenance.present(TRIAL, "cpu()", "fp32", 2, "bbbb", Map.of())))
                .isInstanceOf(PaletteException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aRunsFolderThatIsALinkIsRefused() throws IOException {
        Path elsewhere = out.resolve("elsewhere");
        Files.move(run.folder(), elsewhere);
        Files.createSymbolicLink(run.folder(), elsewhere);

        assertThatThrownBy(() -> run.state()).hasMessageStartingWith(run.folder() + " is a symbolic link");
        assertThat(RunFolders.in(out)).contains(run.folder());
        assertThat(Cleanup.in(run.folder())).isEmpty();
    }

    @Test
    void whatIsOutsideIsNeverCleanedAway() throws IOException {
        Path elsewhere = Files.createDirectories(out.resolve("elsewhere/step-1"));
        Files.writeString(elsewhere.resolve("precious"), "");
        Path stale = Files.move(run.folder(), run.folder().resolveSibling(TRIAL.id() + ".stale-1"));
        Files.createSymbolicLink(stale.resolve("checkpoints"), out.resolve("elsewhere"));

        assertThat(Cleanup.remove(stale, Cleanup.in(stale)))
                .hasValueSatisfying(gone -> assertThat(gone).hasSize(1));

        assertThat(stale).doesNotExist();
        assertThat(elsewhere.resolve("precious")).exists();
    }

    private void assertIsRefused(String name, String why) {
        assertThatThrownBy(() -> run.state())
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(
                        "%s is damaged: %s".formatted(run.folder().resolve(name), why));
        RunEntry listed = new RunListing(Vocabulary.installed()).entry(run.folder());
        assertThat(listed.state()).isEqualTo(State.DAMAGED);
        assertThat(listed.problem()).contains(name);
        assertThat(Cleanup.in(run.folder())).isEmpty();
    }
}
