package dev.palette.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Palette's program for one trial ({@code dev.palette.launch.PipedNode}) as a child of an executor. It uses nothing of Palette's: that is
 * not on an executor's class path.
 */
final class NodeProcess implements AutoCloseable {
    private static final String MAIN = "dev.palette.launch.PipedNode";
    private static final int MILLISECONDS_BETWEEN_LOOKS = 100;

    /** For the step at hand and a checkpoint. */
    private static final int SECONDS_TO_STOP = 120;

    private static final int HEAP_MEGABYTES = 256;
    private static final int LAST_LINES = 5;
    private static final int BYTES_A_MEGABYTE = 1 << 20;

    private final Path folder;
    private final Process process;
    private long offset;
    private boolean ended;

    private NodeProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param order its first line of input
     * @param environment on top of the executor's, of which Spark's own variables, secrets among them, are left out
     */
    static NodeProcess start(
            String order, List<String> classPath, List<String> options, int cpus, Map<String, String> environment)
            throws IOException {
        Path folder = Files.createTempDirectory("palette-trial-");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + HEAP_MEGABYTES + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1"); // it hands on a few lines; the worker itself compiles as it likes
        command.add("-Dlogback.configurationFile=logback-worker.xml");
        command.addAll(options);
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath));
        command.add(MAIN);
        command.addAll(List.of(folder.toString(), Integer.toString(cpus), Long.toString(megabytes(cpus))));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("node.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("_SPARK_"));
        builder.environment().putAll(environment);
        NodeProcess node = new NodeProcess(folder, builder.start());
        OutputStream in = node.process.getOutputStream();
        in.write((order + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        return node;
    }

    /** The trial's part of the machine's memory is as large as that of the processors. */
    private static long megabytes(int cpus) {
        long all = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        int processors = Math.max(cpus, Runtime.getRuntime().availableProcessors());
        return all / BYTES_A_MEGABYTE * cpus / processors;
    }

    /**
     * Passes on its lines until it ends.
     *
     * @param unwanted whether it is to stop, as it also is when this thread is interrupted
     * @throws IllegalStateException when it ends without a last word
     */
    void follow(Consumer<String> lines, BooleanSupplier unwanted) throws IOException {
        boolean alive = true;
        long stopAt = Long.MAX_VALUE;
        while (alive) {
            try {
                alive = !process.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                stopAt = Math.min(stopAt, stop()); // the task is being killed; Spark knows
            }
            pass(lines);
            if (unwanted.getAsBoolean() && stopAt == Long.MAX_VALUE) {
                stopAt = stop();
            }
            if (System.nanoTime() > stopAt) {
                process.destroyForcibly();
            }
        }
        pass(lines);
        if (!ended && stopAt == Long.MAX_VALUE) {
            throw new IllegalStateException(
                    "its program ended with code %d: %s".formatted(process.exitValue(), lastLines()));
        }
    }

    /** The end of its input is what stops it. */
    private long stop() throws IOException {
        process.getOutputStream().close();
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_STOP);
    }

    private void pass(Consumer<String> lines) throws IOException {
        Path file = folder.resolve("events-0");
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile events = new RandomAccessFile(file.toFile(), "r")) {
            events.seek(offset);
            byte[] bytes = new byte[Math.toIntExact(events.length() - offset)];
            events.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            offset += end;
            new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(line -> {
                ended |= line.contains("\"event\":\"ended\"") || line.contains("\"event\":\"failed\"");
                lines.accept(line);
            });
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("node.log"), StandardCharsets.UTF_8);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
