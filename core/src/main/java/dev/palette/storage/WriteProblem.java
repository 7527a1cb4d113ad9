package dev.palette.storage;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Why a file could not be written, told with what helps. Java knows no exceptions for most of it, but only the system's own words. */
final class WriteProblem {
    private static final String INTACT =
            "then run the same command again: what is finished and the last checkpoints are intact";

    private WriteProblem() {}

    static PaletteException of(Path file, IOException reason) {
        if (reason instanceof ClosedByInterruptException || reason instanceof InterruptedIOException) {
            return new PaletteException("writing %s was interrupted; run again".formatted(file), reason);
        }
        Path folder = existing(file);
        String words = String.valueOf(reason.getMessage()).toLowerCase(Locale.ROOT);
        String message;
        if (words.contains("no space left") || words.contains("not enough space")) {
            message =
                    "cannot write %s: no space is left on the disk of %s (%s); make room there or choose another folder, %s"
                            .formatted(file, folder, room(folder), INTACT);
        } else if (words.contains("quota exceeded")) {
            message =
                    "cannot write %s: your quota on the disk of %s is used up (%s); remove files of yours, have it raised or choose another folder, %s"
                            .formatted(file, folder, room(folder), INTACT);
        } else if (words.contains("read-only file system")) {
            message =
                    "cannot write %s: the file system of %s can only be read; choose another folder, or have it mounted for writing"
                            .formatted(file, folder);
        } else {
            String why = reason instanceof AccessDeniedException ? "no permission" : reason.toString();
            message = "cannot write %s: %s; give write permission in %s or choose another folder"
                    .formatted(file, why, AtomicFile.folderOf(file));
        }
        return new PaletteException(message, reason);
    }

    /** The nearest folder above a file that is there. */
    private static Path existing(Path file) {
        Path folder = AtomicFile.folderOf(file);
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static String room(Path folder) {
        try {
            return DiskRoom.at(folder).text();
        } catch (PaletteException e) {
            return "its room is unknown"; // the file's own problem is what is being told
        }
    }
}
