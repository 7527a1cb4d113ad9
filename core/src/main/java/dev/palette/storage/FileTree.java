package dev.palette.storage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
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
     * What there is to say of it from outside; {@link Facts#NOTHING} when it is not there.
     *
     * @throws dev.palette.spec.PaletteException when a folder in it cannot be listed
     */
    public static Facts facts(Path root) {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return Facts.NOTHING;
        }
        FactFinding finding = new FactFinding();
        try {
            Files.walkFileTree(root, finding);
        } catch (IOException e) {
            throw AtomicFile.cannotRead(root, e);
        }
        return finding.facts;
    }

    /**
     * A tree from outside.
     *
     * @param bytes in its files
     * @param changed when a file in it was last written
     * @param link a symbolic link in it, if there is one
     */
    public record Facts(long bytes, Instant changed, Optional<Path> link) {
        /** What is not there. */
        public static final Facts NOTHING = new Facts(0, Instant.EPOCH, Optional.empty());

        private Facts and(Path file, BasicFileAttributes attributes) {
            Instant written = attributes.lastModifiedTime().toInstant();
            return new Facts(
                    bytes + attributes.size(),
                    written.isAfter(changed) ? written : changed,
                    attributes.isSymbolicLink() ? Optional.of(file) : link);
        }
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

    private static final class FactFinding extends Visit {
        private Facts facts = Facts.NOTHING;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            facts = facts.and(file, attributes);
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
