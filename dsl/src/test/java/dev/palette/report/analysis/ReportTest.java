package dev.palette.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.SampleRuns;
import dev.palette.report.analysis.FollowedRuns.Look;
import dev.palette.report.analysis.TaskErrors.Mistake;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says of a grid of 18 variants with three seeds each, of which three runs are missing. */
class ReportTest {
    @TempDir
    private static Path out;

    private static Report report;

    @BeforeAll
    static void analyse() {
        SampleRuns sample = SampleRuns.grid(out);
        List<Trial> trials = sample.trials(1, 2, 3);
        sample.finish(trials.subList(0, trials.size() - 3));
        sample.begin(trials.get(trials.size() - 1), 60);
        report = Report.of(look(out), ExampleTexts.none());
    }

    @Test
    void variantsAreTrialsButForTheSeed() {
        assertThat(report.variants().list()).hasSize(18);
        assertThat(report.look().runs()).hasSize(52);
        assertThat(report.variants().list().stream()
                        .mapToInt(VariantRuns::finished)
                        .sum())
                .isEqualTo(51);
    }

    @Test
    void axesHaveTheScriptsNamesOrTheEndsOfTheirPaths() {
        assertThat(report.variants().axes())
                .extracting(SweepAxis::label)
                .containsExactly("architecture", "sampler", "learningRate");
        assertThat(report.variants().axes().get(0).distinct())
                .containsExactlyInAnyOrder("shared", "PALs(204)", "low rank(100)");
        SweepAxis rate = report.variants().axes().get(2);
        assertThat(rate.isLogarithmic()).isTrue();
        assertThat(rate.distinct()).containsExactly("1e-5", "5e-5", "3e-4");
    }

    @Test
    void curvesHaveBandsOverSeeds() {
        assertThat(report.curves().metrics())
                .startsWith("average.glue")
                .contains("cola.matthews", "sts.spearman")
                .endsWith("cola.loss", "rte.loss", "sts.loss");
        assertThat(report.curves().grids().get(0).ends()).hasSize(10).endsWith(120);
        Curve curve = report.curves().list().get(0);
        assertThat(curve.seeds()).hasSizeGreaterThan(1);
        for (int i = 0; i < curve.mean().length; i++) {
            assertThat(curve.low()[i]).isLessThan(curve.mean()[i]);
            assertThat(curve.high()[i] - curve.mean()[i]).isCloseTo(curve.mean()[i] - curve.low()[i], within(1e-9));
        }
    }

    @Test
    void drawsAreCountedBySamplerOverAllItsRuns() {
        assertThat(report.draws())
                .extracting(SamplerDraws::sampler)
                .containsExactlyInAnyOrder("annealed", "squareRoot");
        assertThat(report.draws().stream()
                        .flatMap(draws -> draws.counts().stream())
                        .flatMapToInt(Arrays::stream)
                        .sum())
                .isEqualTo(51 * 120 + 60);
        SamplerDraws draws = report.draws().get(0);
        int sts = draws.tasks().indexOf("sts");
        assertThat(draws.counts().get(sts)[0]).isZero(); // the sample draws it in the second half alone
        assertThat(draws.counts().get(sts)[draws.grid().ends().length - 1]).isPositive();
    }

    @Test
    void theSettingsThatMatterAreFound() {
        assertThat(report.importance().settings())
                .extracting(
                        setting -> report.variants().axes().get(setting.axis()).label())
                .containsExactly("learningRate", "architecture", "sampler");
        assertThat(report.importance().settings().get(2).share()).isLessThan(0.05);
    }

    @Test
    void theFrontBeginsWithTheSmallestAndHasNoLowRank() {
        assertThat(report.pareto().stream()
                        .map(i -> report.variants().list().get(i).label()))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("shared");
    }

    @Test
    void mistakesOfMostSeedsStandFirst() {
        TaskErrors cola = report.errors().get(0);
        assertThat(cola.split()).isEqualTo("cola-dev");
        assertThat(cola.examples()).isEqualTo(40);
        Mistake first = cola.worst().get(0);
        assertThat(first.wrong()).isEqualTo(cola.seeds());
        assertThat(first.predicted()).isNotEqualTo(first.label());
        assertThat(cola.worst()).extracting(Mistake::wrong).isSortedAccordingTo((a, b) -> b - a);
        int[][] counts = cola.confusion().orElseThrow().counts();
        assertThat(counts[0][0] + counts[0][1] + counts[1][0] + counts[1][1]).isEqualTo(40 * cola.seeds());
    }

    @Test
    void scoresAreWrongByTheirDistance() {
        TaskErrors similarity = report.errors().stream()
                .filter(errors -> errors.split().equals("sts-dev"))
                .findFirst()
                .orElseThrow();
        assertThat(similarity.confusion()).isEmpty();
        assertThat(similarity.worst()).extracting(Mistake::size).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void timeIsThatOfTheLoggedSteps() {
        MachineUse use = report.machines().get(0);
        assertThat(use.device()).startsWith("cpu, ").endsWith("2 threads");
        assertThat(use.runs()).isEqualTo(52);
        assertThat(use.seconds()).isBetween(0.4 * 6180, 0.5 * 6180);
        assertThat(use.secondsByTask()).containsOnlyKeys("cola", "rte", "sts");
        assertThat(use.peakMemoryBytes()).isEqualTo(2_000_000_000);
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(report.remarks()).contains("Partial: 51 of 52 runs are finished; scores are of these alone.");
    }

    @Test
    void aDamagedFileIsNamedAndTheRestIsReported(@TempDir Path folder) throws IOException {
        SampleRuns sample = SampleRuns.grid(folder);
        List<Trial> trials = sample.trials(1);
        sample.finish(trials);
        Path run = folder.resolve(SampleRuns.NAME).resolve(trials.get(0).id());
        Files.writeString(run.resolve("metrics.jsonl"), "no line of ours\n", StandardOpenOption.APPEND);
        Path other = folder.resolve(SampleRuns.NAME).resolve(trials.get(1).id()).resolve("result.json");
        Files.writeString(other, "{", StandardOpenOption.APPEND);

        Report partial = Report.of(look(folder), ExampleTexts.none());

        assertThat(partial.look().runs()).hasSize(17);
        assertThat(partial.remarks())
                .anyMatch(remark -> remark.contains(run.resolve("metrics.jsonl").toString()))
                .anyMatch(remark -> remark.contains(other + " is damaged"));
    }

    @Test
    void followedRunsAreReadOnFromWhereTheyWere(@TempDir Path folder) {
        SampleRuns sample = SampleRuns.grid(folder);
        Trial trial = sample.trials(1).get(0);
        RunDirectory run = sample.begin(trial, 30);
        FollowedRuns followed = new FollowedRuns(() -> RunFolders.in(folder), Vocabulary.installed());

        assertThat(followed.look().changed()).isTrue();
        assertThat(followed.look().changed()).isFalse();
        sample.log(run, trial, 31, 50);
        Look later = followed.look();

        assertThat(later.changed()).isTrue();
        assertThat(later.metrics().get(0).step()).isEqualTo(50);
        assertThat(later.metrics().get(0).total().steps()).isEqualTo(50);
    }

    private static Look look(Path folder) {
        return new FollowedRuns(() -> RunFolders.in(folder), Vocabulary.installed()).look();
    }
}
