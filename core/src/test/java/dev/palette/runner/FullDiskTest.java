package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.spec.PaletteException;
import dev.palette.testing.SmallDisk;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole trial on a disk that becomes full. */
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void whatTheDiskCutShortGoesOnWhenThereIsRoomToTheSameNumbers() throws IOException {
        TinyExperiment tiny = TinyExperiment.write(folder);
        Experiment experiment = tiny.experiment(e -> e.adapters(new Shared()));
        Trial trial = experiment.trials().get(0);
        TinyExperiment.run(experiment, tiny.options("undisturbed"), new StopSignal(), new Recorder());
        long weights = tiny.bestWeights("undisturbed", trial).length;
        RunOptions options = tiny.options("small", TinyExperiment.EVERY_STEP);
        Files.createDirectories(options.out());

        // Room for two checkpoints of three times the weights, not for the best of step 8 beside them and a third.
        try (SmallDisk disk = SmallDisk.mount(options.out(), (int) (8 * weights / 1024))) {
            assertThatThrownBy(() -> TinyExperiment.run(experiment, options, new StopSignal(), new Recorder()))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("no space is left on the disk of ");

            disk.resize(64 * 1024);
            Recorder recorder = new Recorder();
            TinyExperiment.run(experiment, options, new StopSignal(), recorder);

            assertThat(recorder.events).first().asString().doesNotEndWith("from step 0");
            assertThat(tiny.bestWeights("small", trial)).isEqualTo(tiny.bestWeights("undisturbed", trial));
            assertThat(tiny.metrics("small", trial)).isEqualTo(tiny.metrics("undisturbed", trial));
        }
    }
}
