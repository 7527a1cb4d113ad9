package dev.palette.storage;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder whose name always stands for whole content: it is filled under a hidden name beside the target, and takes the target's
 * name by a rename. Closed without {@link #commit}, it disappears.
 */
public final class StagedFolder implements AutoCloseable {
    private static final String UNFINISHED = ".tmp";

    private final Path target;
    private final Path staging;

    private StagedFolder(Path target, Path staging) {
        this.target = target;
        this.staging = staging;
    }

    /**
     * An empty folder to fill; missing parents are created.
     *
     * @param target the name it is to take; nothing may have that name
     * @throws PaletteException when the parent cannot be written
     */
    public static StagedFolder of(Path target) {
        Path staging = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            Files.createDirectories(staging);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(target, e);
        }
        return new StagedFolder(target, staging);
    }

    /** Where its content is to be written. */
    public Path path() {
        return staging;
    }

    /**
     * Gives it the target's name. Its files must have been forced to the disk, as {@link AtomicFile} does.
     *
     * @throws PaletteException when something else took the name meanwhile, or the parent cannot be written
     */
    public void commit() {
        try {
            AtomicFile.forceFolder(staging);
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.forceFolder(target.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(target, e);
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        FileTree.delete(staging);
    }

    /** Removes what killed processes left in {@code parent}; the caller holds its lock, so nobody is filling one now. */
    public static void sweep(Path parent) {
        List<Path> left;
        try (Stream<Path> entries = Files.list(parent)) {
            left = entries.filter(StagedFolder::isStaging).toList();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(parent, e);
        }
        left.forEach(FileTree::delete);
    }

    private static boolean isStaging(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") && name.endsWith(UNFINISHED) && Files.isDirectory(path);
    }
}
