package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.execution.Progress;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.result.RunDirectory;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two experiments that have a trial in common train it once. */
class FinishedElsewhereTest {
    private static final String OUT = "runs";

    @TempDir
    Path folder;

    private final Recorder recorder = new Recorder();
    private TinyExperiment tiny;
    private Trial shared;

    @BeforeEach
    void finishOneExperiment() throws IOException {
        tiny = TinyExperiment.write(folder);
        Experiment first = tiny.experiment();
        shared = first.trials().get(0);
        tiny.run(first, OUT, new Recorder());
    }

    private RunSummary runAnother() {
        Experiment first = tiny.experiment();
        return TinyExperiment.runner().run("another", first.trials(), tiny.options(OUT), new StopSignal(), recorder);
    }

    private RunDirectory another(Trial trial) {
        return RunDirectory.of(folder.resolve(OUT), "another", trial);
    }

    @Test
    void whatIsFinishedUnderAnotherNameIsTaken() throws IOException {
        RunSummary summary = runAnother();

        assertThat(recorder.steps).isZero();
        assertThat(recorder.events).containsExactly("shared was finished", "PALs(12) was finished");
        assertThat(recorder.messages)
                .anyMatch(line -> line.contains("the same trial is finished in")
                        && line.contains(tiny.directory(OUT, shared).folder().toString()));
        assertThat(summary.cached()).isEqualTo(2);
        assertThat(files(another(shared).folder()))
                .isEqualTo(files(tiny.directory(OUT, shared).folder()));
    }

    @Test
    void theCopyNeedsTheOriginalNoMore() throws IOException {
        runAnother();
        TreeMap<Path, Integer> copied = files(another(shared).folder());

        FileTree.delete(folder.resolve(OUT).resolve("tiny"));

        assertThat(another(shared).result().trial()).isEqualTo(shared.id());
        assertThat(files(another(shared).folder())).isEqualTo(copied);
    }

    @Test
    void aRunOnDataThatHasChangedIsNoAnswer() throws IOException {
        Path dev = tiny.data().resolve("STS-B/dev.tsv");
        Files.writeString(dev, Files.readString(dev).replace("2026", "2027"));

        runAnother();

        assertThat(recorder.events).contains("shared starts as 0 of 2 from step 0", "shared is finished");
    }

    @Test
    void aRunThatIsBegunGoesOnByItself() {
        StopSignal stop = new StopSignal();
        TinyExperiment.runner().run("another", tiny.experiment().trials(), tiny.options("apart"), stop, new Recorder() {
            @Override
            public void progress(Trial trial, Progress progress) {
                stop.request();
            }
        });
        FileTree.copy(folder.resolve("apart/another"), folder.resolve(OUT).resolve("another"), file -> false);

        runAnother();

        assertThat(recorder.events)
                .containsExactly("PALs(12) was finished", "shared starts as 0 of 2 from step 1", "shared is finished");
    }

    @Test
    void aDamagedRunIsLeftToItsOwnExperiment() throws IOException {
        Files.writeString(tiny.directory(OUT, shared).folder().resolve("result.json"), "{}");

        runAnother();

        assertThat(recorder.failures).isEmpty();
        assertThat(recorder.events)
                .containsExactly("PALs(12) was finished", "shared starts as 0 of 2 from step 0", "shared is finished");
    }

    @Test
    void aRunThatSomebodyIsAtIsNotWaitedFor() {
        try (LockedFolder lock = tiny.directory(OUT, shared).tryLock().orElseThrow()) {
            runAnother();
        }

        assertThat(recorder.events).contains("shared starts as 0 of 2 from step 0", "shared is finished");
    }

    private static TreeMap<Path, Integer> files(Path run) throws IOException {
        TreeMap<Path, Integer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(run.relativize(file), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
