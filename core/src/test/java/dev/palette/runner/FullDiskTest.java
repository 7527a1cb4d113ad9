package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Shared;
import dev.palette.execution.Progress;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.spec.PaletteException;
import dev.palette.testing.SmallDisk;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole trial on a disk that is, or becomes, too small. */
class FullDiskTest {
    private static final int STEP = 10;

    @TempDir
    Path folder;

    private TinyExperiment tiny;
    private Experiment experiment;
    private RunOptions options;

    @BeforeEach
    void describe() throws IOException {
        tiny = TinyExperiment.write(folder);
        experiment = tiny.experiment(e -> e.adapters(new Shared()));
        options = tiny.options("small", TinyExperiment.EVERY_STEP);
        Files.createDirectories(options.out());
    }

    @Test
    void whatTheDiskCutShortGoesOnWhenThereIsRoomToTheSameNumbers() throws IOException {
        Trial trial = experiment.trials().get(0);
        run(tiny.options("undisturbed"), new Recorder());

        try (SmallDisk disk = SmallDisk.mount(options.out(), 64 * 1024)) {
            Path ballast = disk.folder().resolve("ballast");
            assertThatThrownBy(() -> run(options, new Recorder() {
                        @Override
                        public void progress(Trial trial, Progress progress) {
                            if (progress.step() == STEP) {
                                fillUp(ballast);
                            }
                        }
                    }))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("no space is left on the disk of ");

            Files.delete(ballast);
            Recorder recorder = new Recorder();
            run(options, recorder);

            assertThat(recorder.events).first().asString().endsWith("from step " + (STEP - 1));
            assertThat(tiny.bestWeights("small", trial)).isEqualTo(tiny.bestWeights("undisturbed", trial));
            assertThat(tiny.metrics("small", trial)).isEqualTo(tiny.metrics("undisturbed", trial));
        }
    }

    @Test
    void whatCannotFitIsNotBegunAndWhatFitsIsSaid() {
        try (SmallDisk disk = SmallDisk.mount(options.out(), 100)) {
            assertThatThrownBy(() -> run(options, new Recorder()))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith(
                            "the disk of %s is too small: 1 run, 1 at once, need".formatted(disk.folder()));
            assertThat(disk.folder()).isEmptyDirectory();
        }
        Recorder recorder = new Recorder();
        run(tiny.options("elsewhere"), recorder);
        assertThat(recorder.messages).first().asString().startsWith("disk: 1 run, 1 at once, need");
    }

    private void run(RunOptions where, Recorder recorder) {
        TinyExperiment.run(experiment, where, new StopSignal(), recorder);
    }

    private static void fillUp(Path ballast) {
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(4_096);
            while (channel.write(block.clear()) > 0) {
                continue;
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
