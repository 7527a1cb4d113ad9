package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.result.Explanation.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainerTest {
    private final Experiment experiment = Examples.experiment();
    private final Trial shared = experiment.trials().get(0);

    @TempDir
    private Path out;

    @Test
    void whatIsFinishedAndCurrentIsLeftAsItIs() {
        finish(shared);

        assertThat(explain(shared, "aaaa").text())
                .isEqualTo("%s: finished, nothing has changed since".formatted(title(shared)));
    }

    @Test
    void theFirstTrialHasNothingToBeComparedWith() {
        assertThat(explain(shared, "aaaa").text())
                .isEqualTo("%s: new, no trial of the experiment is finished yet".formatted(title(shared)));
    }

    @Test
    void aNewTrialIsComparedFieldByFieldWithTheNearestFinishedOne() {
        experiment.trials().forEach(this::finish);
        Trial faster = new Trial(
                shared.encoder(),
                shared.layers(),
                shared.tasks(),
                shared.adapter(),
                shared.sampling(),
                shared.training().toBlock().steps(70).batchSize(4).build(),
                2);
        Trial nearest = experiment.trials().stream()
                .filter(trial -> trial.seed() == 2 && trial.adapter().equals(shared.adapter()))
                .findFirst()
                .orElseThrow();

        assertThat(explain(faster, "aaaa").text()).isEqualTo("""
                        %s: new, differs from the nearest finished trial, %s, in:
                            training.batchSize: 8 → 4
                            training.steps: 50 → 70""".formatted(title(faster), nearest.id()));
    }

    @Test
    void anotherAdapterIsOtherFieldsAndAbsentOnes() {
        finish(shared);
        Trial pals = experiment.trials().stream()
                .filter(trial -> !trial.adapter().equals(shared.adapter()) && trial.seed() == shared.seed())
                .findFirst()
                .orElseThrow();

        assertThat(explain(pals, "aaaa").changes())
                .contains(
                        new Change("adapter.word", "\"shared\"", "\"pal\""),
                        new Change("adapter.size", "absent", "12"));
    }

    @Test
    void otherWeightsMakeItStale() {
        finish(shared);

        assertThat(explain(shared, "bbbb").text()).isEqualTo("""
                        %s: stale, will be run again; since its run changed:
                            pretrained weights: aaaa → bbbb""".formatted(title(shared)));
    }

    @Test
    void anUnfinishedTrialGoesOnFromItsLastCheckpoint() throws IOException {
        RunDirectory run = begin(shared);
        assertThat(explain(shared, "aaaa").text()).endsWith(": unfinished, has no checkpoint yet and begins anew");

        Files.createDirectories(run.checkpoints().resolve("step-20"));
        assertThat(explain(shared, "aaaa").text()).endsWith(": unfinished, goes on from step 20 of 50");
    }

    @Test
    void damageIsNamed() throws IOException {
        finish(shared);
        Path result = run(shared).folder().resolve("result.json");
        Files.writeString(result, "{}");

        Explanation explanation = explain(shared, "aaaa");
        assertThat(explanation.verdict()).isEqualTo(Verdict.DAMAGED);
        assertThat(explanation.text()).contains(": damaged, " + result + " is damaged: it has no seal");
    }

    private Explanation explain(Trial trial, String weights) {
        return new Explainer(out, "pals").explain(trial, present(trial, weights));
    }

    private RunDirectory run(Trial trial) {
        return RunDirectory.of(out, "pals", trial);
    }

    private RunDirectory begin(Trial trial) {
        RunDirectory run = run(trial);
        run.open(present(trial, "aaaa"));
        return run;
    }

    private void finish(Trial trial) {
        begin(trial).finish(Results.of(trial, 0.5));
    }

    private static Provenance present(Trial trial, String weights) {
        return Provenance.present(trial, "cpu()", "fp32", 2, weights, Map.of());
    }

    private static String title(Trial trial) {
        return "%s, %s, seed %d (%s)"
                .formatted(trial.adapter().label(), trial.sampling().label(), trial.seed(), trial.id());
    }
}
