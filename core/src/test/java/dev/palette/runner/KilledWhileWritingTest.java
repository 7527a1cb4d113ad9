package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.palette.experiment.Experiment;
import dev.palette.storage.FileTree;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it writes a file; the next one must not take the half of it for the whole. */
@Tag(Faults.TAG)
class KilledWhileWritingTest {
    /** Files while they are written, as paths under the experiment's folder. */
    private static final List<String> WRITTEN = List.of(
            "out.*/checkpoints/step-\\d+/\\.weights[^/]*\\.tmp",
            "out.*/checkpoints/best-\\d+/\\.weights[^/]*\\.tmp",
            "out.*/\\.result\\.json[^/]*\\.tmp",
            "cache/tokenised/\\.[^/]*\\.tmp",
            "out.*/checkpoints/step-\\d+/\\.optimizer[^/]*\\.tmp",
            "out.*/checkpoints/step-\\d+/\\.state[^/]*\\.tmp",
            "out.*/\\.trial\\.json[^/]*\\.tmp",
            "out.*/\\.provenance\\.json[^/]*\\.tmp",
            "out.*/predictions/\\.[^/]*\\.tmp",
            "cache/fingerprints/\\.[^/]*\\.tmp");

    private static final int FULL = 50;
    /** Processes for one hit: some finish the file between the moment that it is seen and the kill. */
    private static final int ATTEMPTS = 6;

    @TempDir
    private Path folder;

    @Test
    @Timeout(3600) // on a machine that has other work
    void aFileWhoseWritingWasCutOffIsNeverTakenForAWholeOne() throws Exception {
        TinyExperiment tiny = TinyExperiment.write(folder);
        Experiment experiment = TinySweep.experiment(tiny);
        Undisturbed undisturbed = new Undisturbed(tiny, experiment);
        int faults = Faults.of(FULL);
        int caught = 0;
        int lost = 0;
        for (int i = 0; i < faults; i++) {
            Optional<String> half = killWhileWriting(tiny, WRITTEN.get(i % WRITTEN.size()), i);
            if (half.isEmpty()) {
                continue;
            }
            String out = half.get();
            caught++;
            Recorder recorder = new Recorder();
            TinyExperiment.run(experiment, tiny.options(out, TinyExperiment.EVERY_STEP), new StopSignal(), recorder);
            lost += recorder.failures.isEmpty() && undisturbed.isReachedBy(out) ? 0 : 1;
        }
        new Faults("killed while writing a file", caught, lost).report();
        assertThat(lost).isZero();
        assumeThat(caught)
                .as(
                        "processes that were caught with a file half-written; this machine was too slow to look, or too fast")
                .isPositive();
    }

    /** Kills processes until one leaves the file half-written; gives the folder of its runs, if one did. */
    private Optional<String> killWhileWriting(TinyExperiment tiny, String file, int fault) throws Exception {
        Pattern pattern = Pattern.compile(file);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String out = "out-%d-%d".formatted(fault, attempt);
            deleteCache(tiny, file);
            Set<Path> before = matching(pattern);
            try (TinySweep sweep = TinySweep.start(tiny, out, false)) {
                while (sweep.isRunning() && before.containsAll(matching(pattern))) {
                    Thread.onSpinWait();
                }
            }
            if (!before.containsAll(matching(pattern))) {
                return Optional.of(out);
            }
        }
        return Optional.empty();
    }

    /** Else nothing would be written there. */
    private static void deleteCache(TinyExperiment tiny, String file) {
        if (file.startsWith("cache")) {
            FileTree.delete(tiny.folder().resolve("cache"));
        }
    }

    private Set<Path> matching(Pattern pattern) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path ->
                            pattern.matcher(folder.relativize(path).toString()).matches())
                    .collect(Collectors.toSet());
        } catch (UncheckedIOException | IOException e) { // a file went while the folder was read
            return Set.of();
        }
    }
}
