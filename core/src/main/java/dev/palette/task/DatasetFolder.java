package dev.palette.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of kept datasets. A file's time of change is the time of its last use, by which old ones are dropped. */
final class DatasetFolder {
    /** Time without use after which a file is dropped. */
    static final Duration KEPT = Duration.ofDays(30);

    /** Age at which a temporary file is one that a killed process left, and none that is being written. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(DatasetFolder.class);
    private static final String SUFFIX = ".safetensors";
    private static final String UNFINISHED = ".tmp";

    private final Path folder;

    DatasetFolder(Path folder) {
        this.folder = folder;
    }

    /** The file of a name; it need not exist. */
    Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    /** Notes that a file is in use. */
    void used(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) { // of a cache that may only be read: whoever writes it decides what stays
            log.debug("{} keeps its time", file, e);
        }
    }

    /** Deletes what nobody used for {@link #KEPT}, and what killed processes left. Who has one mapped can read on. */
    void dropUnused() {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.toList();
        } catch (IOException e) {
            log.warn("{} cannot be listed, so nothing old is dropped from it", folder, e);
            return;
        }
        files.stream().filter(DatasetFolder::isUnused).forEach(DatasetFolder::delete);
    }

    private static boolean isUnused(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX) && !name.endsWith(UNFINISHED)) {
            return false;
        }
        Duration kept = name.endsWith(SUFFIX) ? KEPT : ABANDONED;
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(kept));
        } catch (IOException e) {
            log.debug("{} was just deleted by another process", file, e);
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            log.info("{} was not used for long and is deleted", file);
        } catch (IOException e) {
            log.warn("{} was not used for long and cannot be deleted", file, e);
        }
    }
}
