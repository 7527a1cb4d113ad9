package dev.palette.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How Palette's program for trials ({@code dev.palette.launch.PipedNode}) is started in an executor. It is named and not linked: nothing of
 * Palette's is on an executor's class path.
 *
 * @param environment on top of the executor's, of which Spark's own variables, secrets among them, are left out
 */
record NodeCommand(List<String> words, Map<String, String> environment) {
    private static final String MAIN = "dev.palette.launch.PipedNode";
    private static final int HEAP_MEGABYTES = 256;
    private static final int BYTES_A_MEGABYTE = 1 << 20;

    /** Copies both. */
    NodeCommand {
        words = List.copyOf(words);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    static NodeCommand of(List<String> classPath, List<String> options, int cpus, Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + HEAP_MEGABYTES + "m");
        words.add("-XX:+UseSerialGC");
        words.add("-XX:TieredStopAtLevel=1"); // it hands on a few lines; the worker itself compiles as it likes
        words.add("-Dlogback.configurationFile=logback-worker.xml");
        words.addAll(options);
        words.add("-cp");
        words.add(String.join(File.pathSeparator, classPath));
        words.add(MAIN);
        words.add(Integer.toString(cpus));
        words.add(Long.toString(megabytes(cpus)));
        return new NodeCommand(words, environment);
    }

    /** The trial's part of the machine's memory is as large as that of the processors. */
    private static long megabytes(int cpus) {
        long all = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        int processors = Math.max(cpus, Runtime.getRuntime().availableProcessors());
        return all / BYTES_A_MEGABYTE * cpus / processors;
    }
}
