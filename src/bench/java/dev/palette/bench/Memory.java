package dev.palette.bench;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's memory, as Linux counts it. */
final class Memory {
    private Memory() {}

    /** The most that was ever resident, in bytes. */
    static long peak() throws IOException {
        return status("VmHWM:");
    }

    /** What is resident now, in bytes. */
    static long resident() throws IOException {
        return status("VmRSS:");
    }

    private static long status(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Gives back what glibc keeps of freed memory; elsewhere there is nothing to do. */
    static void trim() {
        if (Platform.isLinux()) {
            try {
                Function.getFunction("c", "malloc_trim").invokeInt(new Object[] {0L});
            } catch (UnsatisfiedLinkError e) {
                System.err.println("this C library has no malloc_trim: " + e.getMessage());
            }
        }
    }
}
