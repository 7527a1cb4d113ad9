package dev.palette.runner;

import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;

/** A process that runs the tiny experiment with a checkpoint at every step, to be killed. */
final class TinySweep implements AutoCloseable {
    private final Process process;

    private TinySweep(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param tiny what was written
     * @param out the folder of its runs, in that of the experiment
     */
    static TinySweep start(TinyExperiment tiny, String out) throws IOException {
        return new TinySweep(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TinySweep.class.getName(),
                        tiny.folder().toString(),
                        out)
                .inheritIO()
                .start());
    }

    /** What runs in the process. */
    public static void main(String[] arguments) {
        TinyExperiment tiny = new TinyExperiment(Path.of(arguments[0]));
        TinyExperiment.run(
                tiny.experiment(),
                tiny.options(arguments[1], TinyExperiment.EVERY_STEP),
                new StopSignal(),
                new Recorder());
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Ends it as for want of memory or power: at once, between any two instructions. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
