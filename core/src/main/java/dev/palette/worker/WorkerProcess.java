package dev.palette.worker;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        makeFolder(log);
        String errors = "-XX:ErrorFile=" + log.resolveSibling("hs_err_%p.log").toAbsolutePath();
        WorkerProcess worker = start(options, errors, ProcessBuilder.Redirect.appendTo(log.toFile()));
        worker.daemon("worker", () -> worker.hear(ear, () -> {})); // the system writes the log
        worker.tell(first);
        return worker;
    }

    /** Starts a worker that loads what all trials need, and waits to be employed. */
    public static WorkerProcess ahead(WorkerOptions options) {
        WorkerProcess worker = start(options, "-XX:+ErrorFileToStderr", ProcessBuilder.Redirect.PIPE);
        worker.tell(new WorkerCommand.Load());
        return worker;
    }

    /**
     * Gives something to do to one that was started {@link #ahead}.
     *
     * @param ear hears it, on a thread of its own
     * @param log where what it writes to its standard error goes, at the end, for as long as this process lives
     */
    public void employ(WorkerCommand first, Path log, Ear ear) {
        makeFolder(log);
        Thread copying = daemon("log of worker", () -> copyErrors(log));
        daemon("worker", () -> hear(ear, () -> await(copying)));
        tell(first);
    }

    private static void makeFolder(Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(log, e);
        }
    }

    private static WorkerProcess start(WorkerOptions options, String errors, ProcessBuilder.Redirect log) {
        ProcessBuilder builder = new ProcessBuilder(command(options, errors)).redirectError(log);
        builder.environment().putAll(options.environment());
        try {
            return new WorkerProcess(builder.start());
        } catch (IOException e) {
            throw new PaletteException(
                    "a worker process cannot be started: %s; --in-process does without".formatted(e), e);
        }
    }

    private void copyErrors(Path log) {
        try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            process.getErrorStream().transferTo(out);
        } catch (IOException e) {
            LOG.warn("{} lacks what worker {} says", log, pid(), e);
        }
    }

    /**
     * The shell passes on what Java can't set: SIGINT ignored, since a terminal sends it to all processes and what it means is decided by
     * the parent; and a bound on memory.
     *
     * @param errors says where the JVM tells of a crash
     */
    private static List<String> command(WorkerOptions options, String errors) {
        List<String> java = JavaCommand.words(
                options.heapMegabytes(), List.of("-XX:+ExitOnOutOfMemoryError", errors), WorkerMain.class);
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            return java;
        }
        String bound = options.dataMegabytes() == 0 ? "" : "ulimit -d " + options.dataMegabytes() * 1024L + " && ";
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; " + bound + "exec \"$@\"", "palette-worker"));
        command.addAll(java);
        return command;
    }

    /** What it wrote last may say why it ended. */
    private static void await(Thread copying) {
        try {
            copying.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        } catch (InterruptedException e) {
            LOG.debug("a log may lack its end", e);
        }
    }

    private Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name + " " + process.pid());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Until it has ended and its log is whole. */
    private void hear(Ear ear, Runnable awaitLog) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Wire.event(line).ifPresent(ear::heard);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("worker {} cannot be understood and is ended", pid(), e);
            kill();
        }
        String how = wording(exitCode());
        awaitLog.run();
        ear.gone("its worker process ended with " + how);
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
