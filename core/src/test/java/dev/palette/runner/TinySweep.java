package dev.palette.runner;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that runs two tiny trials with a checkpoint at every step, to be killed. */
final class TinySweep implements AutoCloseable {
    /** Trials in processes of their own. */
    static final RunPlan IN_WORKERS =
            new RunPlan.Options().memoryMegabytes(4_000).build();

    private static final int SECONDS_TO_END = 60;

    private final Process process;

    private TinySweep(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param tiny what was written
     * @param out the folder of its runs, in that of the experiment
     * @param inWorkers whether each trial has a process of its own
     */
    static TinySweep start(TinyExperiment tiny, String out, boolean inWorkers) throws IOException {
        return start(tiny, out, inWorkers, Map.of());
    }

    /** Starts it, and the workers with it, in an environment that differs from this one's. */
    static TinySweep start(TinyExperiment tiny, String out, boolean inWorkers, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TinySweep.class.getName(),
                        tiny.folder().toString(),
                        out,
                        Boolean.toString(inWorkers))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return new TinySweep(builder.start());
    }

    /** What runs in the process; its exit code is the number of trials that it did not bring to an end. */
    public static void main(String[] arguments) throws IOException {
        TinyExperiment tiny = new TinyExperiment(Path.of(arguments[0]));
        RunPlan plan = Boolean.parseBoolean(arguments[2]) ? IN_WORKERS : TinyExperiment.IN_PROCESS;
        Recorder recorder = new Recorder();
        RunSummary summary =
                TinyExperiment.run(experiment(tiny), options(tiny, arguments[1], plan), new StopSignal(), recorder);
        Path steps = Files.createDirectories(steps(tiny, arguments[1]));
        Files.writeString(
                steps.resolve(Long.toString(ProcessHandle.current().pid())), Integer.toString(recorder.steps));
        System.exit(experiment(tiny).trials().size() - summary.finished().size());
    }

    /** What it runs. */
    static Experiment experiment(TinyExperiment tiny) {
        return tiny.experiment(e -> e.seeds(1));
    }

    /** How it runs them. */
    static RunOptions options(TinyExperiment tiny, String out, RunPlan plan) {
        RunOptions plain = tiny.options(out, TinyExperiment.EVERY_STEP);
        return new RunOptions(
                plain.out(), plain.dataDir(), plain.cacheDir(), 1, plain.checkpoints(), plain.predictTest(), plan);
    }

    private static Path steps(TinyExperiment tiny, String out) {
        return tiny.folder().resolve("steps").resolve(out);
    }

    /** The steps that all processes together, which ended by themselves, took on a folder of runs. */
    static int stepsOf(TinyExperiment tiny, String out) throws IOException {
        int sum = 0;
        try (Stream<Path> processes = Files.list(steps(tiny, out))) {
            for (Path process : processes.toList()) {
                sum += Integer.parseInt(Files.readString(process));
            }
        }
        return sum;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for its end, at most for some time; whether it ended, and well. */
    boolean endsWell(long milliseconds) throws InterruptedException {
        return process.waitFor(milliseconds, TimeUnit.MILLISECONDS) && process.exitValue() == 0;
    }

    /** Ends it as for want of memory or power: at once, between any two instructions. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it and its workers so. */
    void killWithWorkers() throws InterruptedException {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** Ends it; its workers see that by themselves, and are waited for. */
    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> workers = process.descendants().toList();
        kill();
        for (ProcessHandle worker : workers) {
            worker.onExit().orTimeout(SECONDS_TO_END, TimeUnit.SECONDS).join();
        }
    }
}
