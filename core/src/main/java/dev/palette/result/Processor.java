package dev.palette.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A machine's processor, as its operating system describes it.
 *
 * @param name the model's name, or {@code unknown}
 * @param features its instruction sets, as Linux lists them; a virtual machine may have fewer than others of the same name. Empty
 *     where the system lists none
 */
public record Processor(String name, String features) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";

    /** The processor of this machine. */
    public static Processor present() {
        if (Files.isReadable(LINUX)) {
            return of(linesOf(LINUX));
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return new Processor(windows == null ? UNKNOWN : windows, "");
    }

    /** The logical processors of this machine, those that this process may not use among them; 0 where the system lists none. */
    public static int count() {
        return Files.isReadable(LINUX)
                ? (int) linesOf(LINUX).stream()
                        .filter(line -> line.startsWith("processor"))
                        .count()
                : 0;
    }

    /** The first of the processors that the lines of a {@code /proc/cpuinfo} describe. */
    static Processor of(List<String> lines) {
        String features = value(lines, "flags"); // x86
        return new Processor(
                value(lines, "model name").isEmpty() ? UNKNOWN : value(lines, "model name"),
                features.isEmpty() ? value(lines, "Features") : features); // ARM
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) { // a file of the kernel's own, just found readable
            throw new UncheckedIOException(e);
        }
    }
}
