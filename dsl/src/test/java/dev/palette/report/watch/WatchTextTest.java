package dev.palette.report.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.SampleRuns;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunFolders;
import dev.palette.storage.LockedFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code palette watch} shows on a terminal. */
class WatchTextTest {
    @TempDir
    private Path out;

    @Test
    void runsAtWorkShowHowFarTheyAreAndWhatTheyScore() {
        SampleRuns sample = SampleRuns.grid(out);
        List<Trial> trials = sample.trials(1, 2);
        sample.finish(trials.subList(0, 4));
        RunDirectory run = sample.begin(trials.get(4), 60);
        try (LockedFolder held = run.tryLock().orElseThrow()) {
            assertThat(held).isNotNull();

            List<String> lines = lines(160);

            assertThat(lines.get(0)).isEqualTo("sample: 4 of 5 runs finished, 1 running");
            assertThat(lines.get(1))
                    .matches(
                            "  █{8}░{8} 60/120  loss 0\\.\\d{3}  average\\.glue \\d\\d\\.\\d [▁▂▃▄▅▆▇█]{5}  0:00:2\\d left  .*, seed 1");
            assertThat(lines.get(2)).isEqualTo("best so far, average.glue × 100:");
            assertThat(lines).hasSize(7);
        }
    }

    @Test
    void aNarrowTerminalCutsLines() {
        SampleRuns sample = SampleRuns.grid(out);
        sample.finish(sample.trials(1).subList(0, 2));

        assertThat(lines(30)).allMatch(line -> line.length() <= 30).anyMatch(line -> line.endsWith("…"));
    }

    @Test
    void curvesAreALetterAValue() {
        assertThat(Sparkline.of(new double[] {0, 1, Double.NaN, 0.5}, 8)).isEqualTo("▁█▅");
        assertThat(Sparkline.of(new double[] {1, 2, 3}, 2)).isEqualTo("▁█");
        assertThat(Sparkline.of(new double[] {2, 2}, 8)).isEqualTo("▁▁");
        assertThat(Sparkline.of(new double[0], 8)).isEmpty();
    }

    private List<String> lines(int width) {
        return WatchText.of(new FollowedRuns(() -> RunFolders.in(out), Vocabulary.installed()).look(), width);
    }
}
