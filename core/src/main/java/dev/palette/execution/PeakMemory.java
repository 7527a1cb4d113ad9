package dev.palette.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory this process has held, native tensors counted. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String HIGH_WATER_MARK = "VmHWM:";

    private PeakMemory() {}

    /** In bytes; 0 where the operating system doesn't tell. */
    static long bytes() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(HIGH_WATER_MARK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // a figure beside the results; none is better than no result
        }
    }
}
