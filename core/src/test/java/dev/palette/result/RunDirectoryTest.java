package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.storage.LockedFolder;
import dev.palette.storage.SealedJson;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
    private static final Trial TRIAL = Examples.experiment().trials().get(0);

    @TempDir
    private Path out;

    private final Provenance present = present("aaaa", "bbbb");

    @Test
    void aRunIsAbsentThenUnfinishedThenFinished() {
        RunDirectory run = run();
        assertThat(run.state()).isEqualTo(RunState.ABSENT);

        Opening first = run.open(present);
        assertThat(first).isEqualTo(new Opening(RunState.ABSENT, present, Optional.empty()));
        assertThat(run.state()).isEqualTo(RunState.UNFINISHED);

        run.finish(Results.of(TRIAL, 0.5));
        assertThat(run.state()).isEqualTo(RunState.FINISHED);
        assertThat(run.result()).isEqualTo(Results.of(TRIAL, 0.5));
        assertThat(run.finishedAndCurrent(present)).contains(Results.of(TRIAL, 0.5));
    }

    @Test
    void theFoldersNameIsTheHashOfTheTrialsFile() {
        run().open(present);
        Path file = out.resolve("pals").resolve(TRIAL.id()).resolve("trial.json");

        assertThat(FileDigest.sha256(file)).startsWith(TRIAL.id());
        assertThat(file)
                .content()
                .satisfies(json ->
                        assertThat(TrialJson.read(json, Vocabulary.installed())).isEqualTo(TRIAL));
    }

    @Test
    void aContinuedRunKeepsTheProvenanceOfItsFirstStart() {
        run().open(present);
        Provenance elsewhere = Provenance.present(TRIAL, "cpu", "bf16", 16, "aaaa", Map.of("cola/train", "bbbb"));

        Opening second = run().open(elsewhere);

        assertThat(second.state()).isEqualTo(RunState.UNFINISHED);
        assertThat(second.provenance()).isEqualTo(present);
        assertThat(second.setAside()).isEmpty();
    }

    @Test
    void aFinishedRunOfOtherDataIsSetAsideAndTheReasonSaid() throws IOException {
        finish();
        Provenance changed = present("aaaa", "cccc");

        assertThat(run().finishedAndCurrent(changed)).isEmpty();
        Opening opening = run().open(changed);

        Path stale = out.resolve("pals").resolve(TRIAL.id() + ".stale-1");
        assertThat(opening.state()).isEqualTo(RunState.ABSENT);
        assertThat(opening.setAside())
                .contains("the earlier run of trial %s is stale: data file cola/train: bbbb → cccc; it now lies in %s"
                        .formatted(TRIAL.id(), stale));
        assertThat(stale.resolve("result.json")).exists();
        assertThat(run().state()).isEqualTo(RunState.UNFINISHED);
    }

    @Test
    void everyStaleRunIsKept() {
        for (String data : List.of("1", "2", "3")) {
            run().open(present("aaaa", data));
            run().finish(Results.of(TRIAL, 0.5));
        }
        assertThat(out.resolve("pals"))
                .isDirectoryContaining("glob:**.stale-1")
                .isDirectoryContaining("glob:**.stale-2");
    }

    @Test
    void otherWeightsAndOtherNumericsMakeARunStale() {
        assertThat(present.changes(present("eeee", "bbbb")))
                .containsExactly(new Change("pretrained weights", "aaaa", "eeee"));
        assertThat(numerics(0).changes(present))
                .containsExactly(new Change("numerics version", "0", "" + Trial.NUMERICS_VERSION));
    }

    @Test
    void aDataFileThatIsGoneMakesARunStaleAndOneThatWasAddedDoesNot() {
        Provenance two =
                Provenance.present(TRIAL, "cpu", "fp32", 2, "aaaa", Map.of("cola/train", "bbbb", "cola/test", "dddd"));
        assertThat(two.changes(present)).containsExactly(new Change("data file cola/test", "dddd", "absent"));
        assertThat(present.changes(two)).isEmpty();
    }

    @Test
    void anotherMachineOrNumberOfThreadsDoesNotMakeARunStale() {
        Provenance elsewhere = Provenance.present(TRIAL, "cuda:0", "cuda", 1, "aaaa", Map.of("cola/train", "bbbb"));
        assertThat(present.changes(elsewhere)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trial.json", "provenance.json", "result.json"})
    void aDamagedFileIsNamedAndTheRunNotTakenForFinished(String name) throws IOException {
        finish();
        Path file = run().folder().resolve(name);
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));

        assertThatThrownBy(() -> run().open(present))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(file + " is damaged: ")
                .hasMessageEndingWith("; move the folder %s away to run the trial again".formatted(run().folder()));
        assertThatThrownBy(() -> run().finishedAndCurrent(present)).hasMessageContaining(name);
    }

    @Test
    void theResultOfAnotherTrialIsRefused() {
        finish();
        Trial other = Examples.experiment().trials().get(1);
        run().finish(Results.of(other, 0.5));

        assertThatThrownBy(() -> run().state())
                .hasMessageContaining("result.json is damaged: it is the result of trial " + other.id());
    }

    @Test
    void aMissingMemberOfAResultIsNamed() throws IOException {
        finish();
        Path file = run().folder().resolve("result.json");
        SealedJson.write(file, SealedJson.read(file).replaceAll("\"seed\" : 1,", ""));

        assertThatThrownBy(() -> run().state()).hasMessageContaining("result.json is damaged: seed: is missing");
    }

    @Test
    void aResultOfAnEarlierVersionLacksWhatThatDidNotMeasure() throws IOException {
        finish();
        Path file = run().folder().resolve("result.json");
        String before = SealedJson.read(file).replaceAll("\"joules\" : null,", "");
        assertThat(before).doesNotContain("joules");
        SealedJson.write(file, before);

        assertThat(run().result().energy()).isEmpty();
    }

    @Test
    void oneOwnerAtATimeHasTheLock() {
        try (LockedFolder held = run().tryLock().orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(run().tryLock()).isEmpty();
        }
        run().tryLock().orElseThrow().close();
    }

    @Test
    void theLockOfAKilledProcessIsFree() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process owner = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), LockOwner.class.getName(), out.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = owner.inputReader()) {
            assertThat(said.readLine()).isEqualTo("locked");
            assertThat(run().tryLock()).as("while its owner lives").isEmpty();
        } finally {
            owner.destroyForcibly().waitFor();
        }
        run().tryLock().orElseThrow().close();
    }

    /** A process that takes the lock and never gives it back. */
    static final class LockOwner {
        private LockOwner() {}

        public static void main(String[] arguments) throws InterruptedException {
            RunDirectory.of(Path.of(arguments[0]), "pals", TRIAL).tryLock().orElseThrow();
            System.out.println("locked");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(out.resolve("file"), "in the way");
        RunDirectory run = RunDirectory.of(file, "pals", TRIAL);

        assertThatThrownBy(() -> run.open(present))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("cannot write " + file);
        assertThatThrownBy(run::tryLock)
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("cannot write " + file);
    }

    @Test
    void provenanceSaysByWhatARunIsMade() {
        assertThat(present.palette()).matches("\\d+\\.\\d+.*");
        assertThat(present.commit()).matches("unknown|[0-9a-f]{40}(-dirty)?");
        assertThat(present.libraries())
                .containsKeys("djl", "pytorch", "tokenizers")
                .doesNotContainValue("");
        assertThat(present.java()).contains(System.getProperty("java.runtime.version"));
        assertThat(List.of(present.system(), present.processor())).noneMatch(String::isBlank);
        assertThat(present.seed()).isEqualTo(TRIAL.seed());
    }

    @Test
    void aRunThatBeganOnAClusterSaysWhereAndOneThatBeganAtHomeSaysNothing() throws IOException {
        run().open(present);
        assertThat(run().log().resolveSibling("provenance.json")).content().doesNotContain("cluster");
        assertThat(run().provenance().cluster()).isNull();

        Provenance there = present.on(new Cluster("Spark 4.1.4", "app-7", "n3"));
        RunDirectory other = RunDirectory.of(out.resolve("other"), "pals", TRIAL);
        other.open(there);

        assertThat(other.provenance()).isEqualTo(there);
        assertThat(there.changes(present)).isEmpty();
    }

    @Test
    void dataFilesAreFingerprintedByTaskAndSplit() throws IOException {
        Path file = Files.createDirectories(out.resolve("CoLA")).resolve("train.tsv");
        Files.writeString(file, "a\t1\t\tb\n");

        assertThat(Provenance.fingerprints(
                        List.of(GlueTasks.of(GlueLayout.COLA)), out, FingerprintMemory.in(out.resolve("cache"))))
                .isEqualTo(new TreeMap<>(Map.of("cola/train", FileDigest.sha256(file))));
    }

    private RunDirectory run() {
        return RunDirectory.of(out, "pals", TRIAL);
    }

    private void finish() {
        run().open(present);
        run().finish(Results.of(TRIAL, 0.5));
    }

    private static Provenance present(String weights, String data) {
        return Provenance.present(TRIAL, "cpu", "fp32", 2, weights, Map.of("cola/train", data));
    }

    private Provenance numerics(int version) {
        return new Provenance(
                present.started(),
                present.palette(),
                present.commit(),
                present.libraries(),
                present.java(),
                present.system(),
                present.processor(),
                present.device(),
                present.kernels(),
                present.threads(),
                present.replicas(),
                present.seed(),
                present.weights(),
                present.data(),
                version,
                present.cluster());
    }
}
