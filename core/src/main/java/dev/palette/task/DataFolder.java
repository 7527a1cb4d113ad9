package dev.palette.task;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds a task's folder and files, and says what is there instead when they are not. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * The file {@code name} in the folder {@code directory} of {@code dataDirectory}.
     *
     * @throws PaletteException when one of them does not exist; says what there is instead
     */
    public static Path file(Path dataDirectory, String directory, String name) {
        if (!Files.isDirectory(dataDirectory)) {
            throw new PaletteException(("the data directory %s does not exist;"
                            + " set data.dir to the folder that holds '%s' (--set data.dir=<folder>)")
                    .formatted(dataDirectory.toAbsolutePath(), directory));
        }
        Path folder = dataDirectory.resolve(directory);
        if (!Files.isDirectory(folder)) {
            throw missing("folder", dataDirectory, directory);
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw missing("file", folder, name);
        }
        return file;
    }

    private static PaletteException missing(String kind, Path parent, String name) {
        List<String> siblings = siblings(parent);
        String meant = NearestWord.to(name, siblings)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(".");
        String present = siblings.isEmpty() ? "It is empty." : "It holds " + String.join(", ", siblings) + ".";
        return new PaletteException("no %s '%s' in %s%s %s Set data.dir or the task's directory."
                .formatted(kind, name, parent.toAbsolutePath(), meant, present));
    }

    private static List<String> siblings(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new PaletteException("cannot list the folder %s: %s".formatted(folder, e), e);
        }
    }
}
