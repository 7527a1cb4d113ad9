package dev.palette.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file or a folder with all that is in it. Symbolic links are what they are, never what they lead to. */
public final class FileTree {
    private static final Logger LOG = LoggerFactory.getLogger(FileTree.class);

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
     * Copies it to where nothing is, durably.
     *
     * @param immutable files that are never written to, only replaced: these get a second name instead, where the file system has that
     * @throws dev.palette.spec.PaletteException when something cannot be read or written
     */
    public static void copy(Path root, Path target, Predicate<Path> immutable) {
        try {
            Files.walkFileTree(root, new Copying(root, target, immutable));
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(target, e);
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

    /** Does not pass over what disappears: half a copy is none. */
    private static final class Copying extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path target;
        private final Predicate<Path> immutable;

        Copying(Path root, Path target, Predicate<Path> immutable) {
            this.root = root;
            this.target = target;
            this.immutable = immutable;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(at(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!immutable.test(file) || !isLinked(file)) {
                Files.copy(file, at(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                try (FileChannel copy = FileChannel.open(at(file), StandardOpenOption.WRITE)) {
                    copy.force(true);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            AtomicFile.forceFolder(at(folder));
            return FileVisitResult.CONTINUE;
        }

        private Path at(Path path) {
            return target.resolve(root.relativize(path));
        }

        private boolean isLinked(Path file) {
            try {
                Files.createLink(at(file), file);
                return true;
            } catch (UnsupportedOperationException | IOException e) {
                LOG.debug("{} is copied, for it cannot be linked", file, e);
                return false;
            }
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
