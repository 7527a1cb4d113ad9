package dev.palette.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * When a process began, so that a process id that was given anew is not taken for its former owner.
 *
 * <p>On Linux in ticks since the machine started. The time of day that Java derives from them would do no good here: it is counted
 * from the clock's present idea of when the machine started, which moves whenever the clock is set, so that two processes name two
 * beginnings of a third.
 */
final class ProcessStart {
    /** Of the fields behind the name in {@code /proc/PID/stat}, whose own number there is 22 (proc(5)). */
    private static final int START_TIME = 19;

    private static final Pattern SPACE = Pattern.compile(" ");

    private ProcessStart() {}

    /** Equal for two looks at one process, whoever looks; empty where the operating system does not say, or the process is gone. */
    static String of(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (!Files.isReadable(stat)) {
            return process.info().startInstant().map(Instant::toString).orElse("");
        }
        try {
            String text = Files.readString(stat);
            String behindName = text.substring(text.lastIndexOf(')') + 2); // a name may hold spaces and brackets
            return "tick " + SPACE.split(behindName, -1)[START_TIME];
        } catch (NoSuchFileException e) {
            return ""; // it ended between the two looks
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + stat, e);
        }
    }
}
