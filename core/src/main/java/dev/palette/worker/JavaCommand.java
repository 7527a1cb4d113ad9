package dev.palette.worker;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** This program's Java, class path and options, to start another program of ours with. */
public final class JavaCommand {
    /** Options of this JVM that others must not have: they have their own, or two processes can't share what is named. */
    private static final List<String> OWN = List.of(
            "-Xmx",
            "-Xms",
            "-XX:ErrorFile",
            "-XX:ArchiveClassesAtExit",
            "-agentlib",
            "-Xlog:cds",
            "-XX:TieredStopAtLevel");

    private JavaCommand() {}

    /**
     * The words of a command.
     *
     * @param heapMegabytes the most that Java objects may take
     * @param options further ones, over those of this JVM
     */
    public static List<String> words(int heapMegabytes, List<String> options, Class<?> main) {
        List<String> words = new ArrayList<>();
        words.add(java().toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> OWN.stream().noneMatch(argument::startsWith))
                .forEach(words::add);
        words.add("-Xmx" + heapMegabytes + "m");
        words.add("-Dlogback.configurationFile=logback-worker.xml");
        words.addAll(options);
        words.add("-cp");
        words.add(String.join(File.pathSeparator, classPath()));
        words.add(main.getName());
        return words;
    }

    /** The jars and folders of classes, by their whole paths. */
    public static List<String> classPath() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
    }

    /** The JVM's program. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
