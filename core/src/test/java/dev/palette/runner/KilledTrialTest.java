package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.execution.Progress;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that trains is killed, as by a power cut or for want of memory. */
class KilledTrialTest {
    private static final String OUT = "runs";
    private static final String UNDISTURBED = "undisturbed";

    /** Steps that a process takes beyond those it is killed after; there it waits, so that it never ends by itself. */
    private static final int BEYOND = 4;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void aTrialKilledAtThreeMomentsEndsWithTheBitsOfAnUndisturbedOne() throws Exception {
        TinyExperiment tiny = TinyExperiment.write(folder);
        Experiment experiment = pals(tiny);
        Trial trial = experiment.trials().get(0);

        killAfter(3, tiny.directory(OUT, trial).metrics());
        killAfter(8, tiny.directory(OUT, trial).metrics()); // about an evaluation, which writes the best weights
        killAfter(15, tiny.directory(OUT, trial).metrics());
        assertThat(tiny.directory(OUT, trial).folder().resolve("result.json")).doesNotExist();

        Recorder recorder = new Recorder();
        RunSummary continued = tiny.run(experiment, OUT, recorder);
        RunSummary undisturbed = tiny.run(experiment, UNDISTURBED, new Recorder());

        assertThat(recorder.failures).isEmpty();
        assertThat(recorder.steps).as("steps left after the last kill").isBetween(1, TinyExperiment.STEPS - 10);
        assertThat(continued.finished().get(0).scores())
                .isEqualTo(undisturbed.finished().get(0).scores());
        assertThat(tiny.metrics(OUT, trial)).isEqualTo(tiny.metrics(UNDISTURBED, trial));
        assertThat(tiny.bestWeights(OUT, trial)).isEqualTo(tiny.bestWeights(UNDISTURBED, trial));
    }

    private static Experiment pals(TinyExperiment tiny) {
        return tiny.experiment(e -> e.adapters(tiny.experiment().trials().get(1).adapter()));
    }

    private void killAfter(int lines, Path metrics) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Train.class.getName(),
                        folder.toString(),
                        Integer.toString(lines + BEYOND))
                .inheritIO()
                .start();
        try {
            while (linesOf(metrics) < lines) {
                assertThat(process.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor()).isNotZero();
        }
    }

    private static int linesOf(Path metrics) throws IOException {
        return Files.exists(metrics) ? Files.readAllLines(metrics).size() : 0;
    }

    /** What is killed: trains with a checkpoint at every step. */
    static final class Train {
        private Train() {}

        public static void main(String[] arguments) {
            TinyExperiment tiny = new TinyExperiment(Path.of(arguments[0]));
            long last = Long.parseLong(arguments[1]);
            TinyExperiment.run(
                    pals(tiny), tiny.options(OUT, TinyExperiment.EVERY_STEP), new StopSignal(), new Recorder() {
                        @Override
                        public void progress(Trial trial, Progress progress) {
                            if (progress.step() >= last) {
                                waitToBeKilled();
                            }
                        }
                    });
        }

        private static void waitToBeKilled() {
            try {
                TimeUnit.MINUTES.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
