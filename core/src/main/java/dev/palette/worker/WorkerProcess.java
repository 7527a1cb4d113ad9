package dev.palette.worker;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker as its parent sees it: started, told, heard, and if need be killed. */
public final class WorkerProcess implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final int SIGNALS = 128;

    /** Seconds in which a worker ends after its last event. */
    public static final int SECONDS_TO_END = 10;

    private final Process process;
    private final Writer in;

    private WorkerProcess(Process process) {
        this.process = process;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a worker with this program's Java, class path and options.
     *
     * @param ear hears it, on a thread of its own
     * @param log where its standard error goes, at the end; made if need be
     * @throws PaletteException when the log cannot be written or no process be started
     */
    public static WorkerProcess start(WorkerCommand first, WorkerOptions options, Path log, Ear ear) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(log, e);
        }
        ProcessBuilder builder =
                new ProcessBuilder(command(options, log)).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(options.environment());
        try {
            WorkerProcess worker = new WorkerProcess(builder.start());
            worker.listen(ear);
            worker.tell(first);
            return worker;
        } catch (IOException e) {
            throw new PaletteException(
                    "a worker process cannot be started: %s; --in-process does without".formatted(e), e);
        }
    }

    /**
     * The shell passes on what Java can't set: SIGINT ignored, since a terminal sends it to all processes and what it means is decided by
     * the parent; and a bound on memory.
     */
    private static List<String> command(WorkerOptions options, Path log) {
        List<String> java = JavaCommand.words(
                options.heapMegabytes(),
                List.of(
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:ErrorFile=" + log.resolveSibling("hs_err_%p.log").toAbsolutePath()),
                WorkerMain.class);
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            return java;
        }
        String bound = options.dataMegabytes() == 0 ? "" : "ulimit -d " + options.dataMegabytes() * 1024L + " && ";
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; " + bound + "exec \"$@\"", "palette-worker"));
        command.addAll(java);
        return command;
    }

    private void listen(Ear ear) {
        Thread thread = new Thread(() -> hear(ear), "worker " + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    private void hear(Ear ear) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Wire.event(line).ifPresent(ear::heard);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("worker {} cannot be understood and is ended", pid(), e);
            kill();
        }
        ear.gone("its worker process ended with " + wording(exitCode()));
    }

    /** An exit code for people, with what is known of it. */
    private static String wording(int exitCode) {
        return switch (exitCode) {
            case SIGNALS + 9 -> "signal 9: somebody killed it, or the system for want of memory";
            case SIGNALS + 4, SIGNALS + 6, SIGNALS + 7, SIGNALS + 8, SIGNALS + 11 ->
                "signal %d: native code crashed".formatted(exitCode - SIGNALS);
            case 3 -> "code 3: its heap was too small; raise run.heapMegabytes";
            default -> exitCode > SIGNALS ? "signal " + (exitCode - SIGNALS) : "code " + exitCode;
        };
    }

    private int exitCode() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                LOG.debug("waiting for worker {} goes on", pid(), e);
            }
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public synchronized void tell(WorkerCommand command) {
        try {
            in.write(Wire.line(command) + "\n");
            in.flush();
        } catch (IOException e) {
            LOG.debug("worker {} is gone and was not told {}", pid(), command, e);
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }
}
