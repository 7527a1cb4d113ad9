package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.ReleasedEncoders;
import dev.palette.spec.PaletteException;
import dev.palette.testing.SmallDisk;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointPlan.Keep;
import dev.palette.train.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {
    private static final BertConfig BERT_BASE =
            new ReleasedEncoders().named("bertBase.uncased").config();
    private static final Trial TRIAL = Examples.experiment().trials().get(0);

    @TempDir
    Path folder;

    @Test
    void aRunOfBertBaseTakesThreeCheckpointsOfWeightsAndMomentsAndItsBestWeights() {
        DiskUse use = DiskUse.of(TRIAL, BERT_BASE, CheckpointPlan.DEFAULT, folder);

        long weights = 4 * 109_486_851L; // the encoder, and the heads of CoLA and MRPC
        assertThat(use.peak()).isBetween(10 * weights, 10 * weights + 3_000_000);
        assertThat(use.kept()).isBetween(weights, weights + 1_000_000);
    }

    @Test
    void whereAllStayTheyAreCounted() {
        CheckpointPlan all = new CheckpointPlan(Duration.ofMinutes(10), 10, Keep.ALL);

        DiskUse use = DiskUse.of(TRIAL, BERT_BASE, all, folder);

        long weights = 4 * 109_486_851L;
        assertThat(use.kept()).isBetween(16 * weights, 16 * weights + 3_000_000); // 50 steps
    }

    @Test
    void theCheckpointThatTrainingGoesBackToIsCounted() {
        Trial careful = new Trial(
                TRIAL.encoder(),
                TRIAL.layers(),
                TRIAL.tasks(),
                TRIAL.adapter(),
                TRIAL.sampling(),
                TRIAL.training()
                        .toBlock()
                        .onDivergence(new Recovery.GoBackOptions().build())
                        .build(),
                TRIAL.seed());

        long more = DiskUse.of(careful, BERT_BASE, CheckpointPlan.DEFAULT, folder)
                        .peak()
                - DiskUse.of(TRIAL, BERT_BASE, CheckpointPlan.DEFAULT, folder).peak();

        long weights = 4 * 109_486_851L;
        assertThat(more).isBetween(3 * weights, 3 * weights + 1_000_000);
    }

    @Test
    void examplesToPredictAreCounted() throws IOException {
        DiskUse without = DiskUse.of(TRIAL, BERT_BASE, CheckpointPlan.DEFAULT, folder);
        Files.write(Files.createDirectories(folder.resolve("CoLA")).resolve("dev.tsv"), new byte[777]);
        Files.write(folder.resolve("CoLA/train.tsv"), new byte[9_999]);

        assertThat(DiskUse.of(TRIAL, BERT_BASE, CheckpointPlan.DEFAULT, folder).kept())
                .isEqualTo(without.kept() + 777);
    }

    @Test
    void ofASweepThoseThatRunAtOnceAreAtTheirPeakAndTheOthersKeepWhatStays() {
        List<DiskUse> uses = List.of(new DiskUse(100, 10), new DiskUse(50, 10), new DiskUse(200, 10));

        assertThat(SweepDisk.of(uses, 2)).isEqualTo(new SweepDisk(3, 2, 30 + 90 + 190, 30));
        assertThat(SweepDisk.of(uses, 8)).isEqualTo(new SweepDisk(3, 3, 350, 30));
        assertThat(SweepDisk.of(List.of(new DiskUse(100, 10).less(40)), 1)).isEqualTo(new SweepDisk(1, 1, 60, 0));
        assertThat(SweepDisk.of(List.of(), 2)).isEqualTo(new SweepDisk(0, 0, 0, 0));
    }

    @Test
    void whatCannotFitIsRefusedWithTheNumbersAndWhatHelps() {
        SweepDisk sweep = SweepDisk.of(Collections.nCopies(4, new DiskUse(400_000, 100_000)), 2);
        try (SmallDisk disk = SmallDisk.mount(folder, 800)) {
            Path out = disk.folder().resolve("runs");

            assertThat(sweep.text(out))
                    .isEqualTo(
                            "disk: 4 runs, 2 at once, need at most 1.00 MB more in %s while they run and 400 kB when finished; 819 kB of 819 kB are free"
                                    .formatted(out));
            assertThatThrownBy(() -> sweep.requireRoom(out))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith(
                            "the disk of %s is too small: 4 runs, 2 at once, need at most 1.00 MB more".formatted(out))
                    .hasMessageContaining("819 kB of 819 kB are free; make room there");
            disk.resize(1_200);
            assertThatCode(() -> sweep.requireRoom(out)).doesNotThrowAnyException();
        }
    }
}
