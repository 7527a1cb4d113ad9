package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.RunEntry.State;
import dev.palette.spec.PaletteException;
import dev.palette.storage.ByteCount;
import dev.palette.storage.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs as lists show them, and as people name them. */
class RunListingTest {
    private static final List<Trial> TRIALS = Examples.experiment().trials();

    @TempDir
    private Path out;

    @Test
    void aFinishedRunIsListedWithItsScore() {
        RunDirectory run = finished(1);

        RunEntry entry = entry(run);
        assertThat(entry.state()).isEqualTo(State.FINISHED);
        assertThat(entry.experiment()).isEqualTo("pals");
        assertThat(entry.id()).isEqualTo(TRIALS.get(1).id());
        assertThat(entry.title())
                .isEqualTo("%s, %s, seed 1"
                        .formatted(
                                TRIALS.get(1).adapter().label(),
                                TRIALS.get(1).sampling().label()));
        assertThat(entry.step()).isEqualTo(50);
        assertThat(entry.score()).hasValue((0.4 + (0.8 + 0.6) / 2) / 2);
        assertThat(entry.bytes()).isGreaterThan(1_000);
    }

    @Test
    void anUnfinishedRunShowsTheStepThatItGoesOnFromAndWhetherItRuns() throws IOException {
        RunDirectory run = begun(0);
        Files.createDirectories(run.checkpoints().resolve("step-30"));
        Files.createDirectories(run.checkpoints().resolve("step-9"));

        assertThat(entry(run).state()).isEqualTo(State.UNFINISHED);
        assertThat(entry(run).step()).isEqualTo(30);
        assertThat(entry(run).score()).isEmpty();
        try (LockedFolder held = run.tryLock().orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(entry(run).state()).isEqualTo(State.RUNNING);
        }
        assertThat(entry(run).state()).isEqualTo(State.UNFINISHED);
    }

    @Test
    void listingCreatesNothing() throws IOException {
        RunDirectory run = begun(0);
        entry(run);
        try (var files = Files.list(out.resolve("pals"))) {
            assertThat(files).containsExactly(run.folder());
        }
    }

    @Test
    void whatWasSetAsideIsStale() throws IOException {
        RunDirectory run = finished(0);
        Path stale = Files.move(
                run.folder(), run.folder().resolveSibling(TRIALS.get(0).id() + ".stale-2"));

        assertThat(RunFolders.in(out)).containsExactly(stale);
        assertThat(listing().entry(stale).state()).isEqualTo(State.STALE);
    }

    @Test
    void theTableNamesWhatIsDamaged() throws IOException {
        RunDirectory run = finished(0);
        RunDirectory damaged = finished(1);
        Files.delete(damaged.folder().resolve("trial.json"));
        Files.setLastModifiedTime(
                run.folder().resolve("result.json"), FileTime.from(Instant.now().plusSeconds(9)));

        List<Path> folders = RunFolders.in(out);
        RunEntry first = entry(run);
        RunEntry second = entry(damaged);
        String text = RunTable.text(List.of(first, second), first.changed().plus(Duration.ofHours(50)));

        assertThat(folders).containsExactlyInAnyOrder(run.folder(), damaged.folder());
        assertThat(text.lines().map(line -> line.replaceAll("  +", "  ").strip()))
                .startsWith(
                        "experiment  run  adapter  sampler  state  seed  steps  score  age  size",
                        "pals  %s  shared  %s  finished  1  50/50  55.0  2 d  %s"
                                .formatted(
                                        TRIALS.get(0).id(),
                                        TRIALS.get(0).sampling().label(),
                                        ByteCount.text(first.bytes())))
                .last()
                .asString()
                .isEqualTo("%s is damaged: it is missing; move the folder %s away to run the trial again"
                        .formatted(damaged.folder().resolve("trial.json"), damaged.folder()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "61, 1 min", "7199, 1 h", "172800, 2 d", "-5, 0 s"})
    void anAgeIsItsLargestUnit(long seconds, String text) {
        assertThat(RunTable.age(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void controlCharactersOfForeignFoldersDoNotReachTheTerminal() {
        assertThat(RunTable.printable("a\u001b[2Jb\nc")).isEqualTo("a?[2Jb\nc");
    }

    @Test
    void aRunIsNamedByItsFolderOrTheBeginningOfItsId() {
        RunDirectory run = finished(0);
        begun(1);
        String id = TRIALS.get(0).id();

        assertThat(RunFolders.named(run.folder().toString(), Path.of("nowhere")))
                .isEqualTo(run.folder());
        assertThat(RunFolders.named(id, out)).isEqualTo(run.folder());
        assertThat(RunFolders.named(id.substring(0, 4), out)).isEqualTo(run.folder());
    }

    @Test
    void aRunThatWasSetAsideIsMeantOnlyByItsWholeName() throws IOException {
        RunDirectory run = begun(0);
        Path stale = Files.move(
                run.folder(), run.folder().resolveSibling(TRIALS.get(0).id() + ".stale-1"));
        begun(0);

        assertThat(RunFolders.named(TRIALS.get(0).id(), out)).isEqualTo(run.folder());
        assertThat(RunFolders.named(TRIALS.get(0).id() + ".stale-1", out)).isEqualTo(stale);
    }

    @Test
    void anAmbiguousOrUnknownNameIsAnsweredWithCandidates() {
        begun(0);
        String id = TRIALS.get(0).id();
        RunDirectory.of(out, "others", TRIALS.get(0)).open(present(TRIALS.get(0)));

        assertThatThrownBy(() -> RunFolders.named(id.substring(0, 5), out))
                .isInstanceOf(PaletteException.class)
                .hasMessage("2 runs in %s begin with '%s': others/%s, pals/%s; give more of the id, or the folder"
                        .formatted(out, id.substring(0, 5), id, id));
        assertThatThrownBy(() -> RunFolders.named(id.substring(0, 15) + "x", out))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("did you mean '%s'? There are 2: ".formatted(id));
        assertThatThrownBy(() -> RunFolders.named("1234", out.resolve("nowhere")))
                .hasMessageContaining("There is none at all");
        assertThatThrownBy(() -> RunFolders.named(out.toString(), out)).hasMessageContaining("holds no run");
    }

    private static RunListing listing() {
        return new RunListing(Vocabulary.installed());
    }

    private static RunEntry entry(RunDirectory run) {
        return listing().entry(run.folder());
    }

    private RunDirectory begun(int index) {
        Trial trial = TRIALS.get(index);
        RunDirectory run = RunDirectory.of(out, "pals", trial);
        run.open(present(trial));
        return run;
    }

    private static Provenance present(Trial trial) {
        return Provenance.present(trial, "cpu()", "fp32", 2, "aaaa", Map.of());
    }

    private RunDirectory finished(int index) {
        RunDirectory run = begun(index);
        run.finish(Results.of(TRIALS.get(index), 0.4, 0.8, 0.6));
        return run;
    }
}
