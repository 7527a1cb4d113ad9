package dev.palette.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A file or a folder with all that is in it. Symbolic links are what they are, never what they lead to. */
public final class FileTree {
    private FileTree() {}

    /**
     * Removes it; nothing happens when it is not there, or is being removed by another.
     *
     * @throws dev.palette.spec.PaletteException when something in it cannot be removed
     */
    public static void delete(Path root) {
        try {
            Files.walkFileTree(root, new Deletion());
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(root, e);
        }
    }

    /**
     * The bytes in its files; 0 when it is not there.
     *
     * @throws dev.palette.spec.PaletteException when a folder in it cannot be listed
     */
    public static long size(Path root) {
        Sum sum = new Sum();
        try {
            Files.walkFileTree(root, sum);
        } catch (IOException e) {
            throw AtomicFile.cannotRead(root, e);
        }
        return sum.bytes;
    }

    /** Visits what is there, whatever disappears meanwhile. */
    private static class Visit extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    private static final class Sum extends Visit {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Deletion extends Visit {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
