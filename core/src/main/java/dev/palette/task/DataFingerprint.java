package dev.palette.task;

import dev.palette.pretrained.FingerprintMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** What tells a run's data from other data of the same name. */
public final class DataFingerprint {
    private DataFingerprint() {}

    /**
     * SHA-256, in hexadecimal, of each of the task's files that exists. Only what they hold matters, not where they lie.
     *
     * @param memory knows those of files that have not changed
     */
    public static Map<Split, String> of(Task task, Path dataDirectory, FingerprintMemory memory) {
        Map<Split, String> fingerprints = new EnumMap<>(Split.class);
        task.files(dataDirectory).forEach((split, file) -> {
            if (Files.isRegularFile(file)) {
                fingerprints.put(split, memory.sha256(file));
            }
        });
        return fingerprints;
    }
}
