package dev.palette.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Palette's program ({@link NodeCommand}) as a child of an executor, for one trial after another. */
final class NodeProcess {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final int MILLISECONDS_BETWEEN_LOOKS = 100;

    /** For the step at hand and a checkpoint. */
    private static final int SECONDS_TO_STOP = 120;

    private final Process process;
    private final BlockingQueue<Optional<String>> said = new LinkedBlockingQueue<>();
    private boolean atWork;
    private long stopAt;

    /** Starts it; what it logs goes where the executor's goes. */
    NodeProcess(NodeCommand command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("_SPARK_"));
        builder.environment().putAll(command.environment());
        process = builder.start();
        Thread reader = new Thread(this::read, "palette " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** The last of what it says is nothing. */
    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(Optional.of(line));
            }
        } catch (IOException e) {
            LOG.warn("what process {} says cannot be read", process.pid(), e);
        }
        said.add(Optional.empty());
    }

    /**
     * Has it work on a trial, and passes on its lines until the trial is over.
     *
     * @param order {@link dev.palette.launch.NodeOrder#line}
     * @param unwanted whether it is to stop, as it also is when this thread is interrupted
     * @throws IllegalStateException when it ends without a last word
     */
    void work(String order, Consumer<String> lines, BooleanSupplier unwanted) throws IOException {
        atWork = true;
        stopAt = Long.MAX_VALUE;
        tell(order);
        while (atWork) {
            try {
                Optional<String> line = said.poll(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                if (line != null) {
                    hear(line, lines);
                }
            } catch (InterruptedException e) {
                stop(); // the task is being killed; Spark knows
            }
            if (unwanted.getAsBoolean()) {
                stop();
            }
            if (System.nanoTime() > stopAt) {
                process.destroyForcibly();
            }
        }
    }

    private void hear(Optional<String> line, Consumer<String> lines) {
        if (line.isPresent()) {
            atWork = !isLast(line.get());
            lines.accept(line.get());
            return;
        }
        atWork = false;
        if (stopAt == Long.MAX_VALUE) {
            throw new IllegalStateException(
                    "its program %d ended; the executor's standard error says more".formatted(process.pid()));
        }
    }

    private static boolean isLast(String line) {
        return line.contains("\"event\":\"ended\"") || line.contains("\"event\":\"failed\"");
    }

    private void stop() {
        if (stopAt == Long.MAX_VALUE) {
            stopAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_STOP);
            try {
                tell("stop");
            } catch (IOException e) {
                LOG.warn("process {} is gone already", process.pid(), e);
            }
        }
    }

    private void tell(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Whether it can be given another trial. */
    boolean isIdle() {
        return !atWork && process.isAlive();
    }

    /** Ends it at once; a worker of its that still lives writes a checkpoint. */
    void kill() {
        process.destroyForcibly();
    }
}
