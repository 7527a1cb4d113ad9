package dev.palette.result;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import dev.palette.train.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What runs left on disk that nobody needs: found, and removed under the run's lock. */
public final class Cleanup {
    /** As {@link AtomicFile} names what it has not finished. */
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

    private Cleanup() {}

    /** Why something is not needed. */
    public enum Kind {
        /** A run that was set aside. */
        STALE_RUN("stale run"),
        /** A checkpoint of a finished run that is not its best. */
        CHECKPOINT("checkpoint of a finished run"),
        /** What a killed process had begun to write. */
        TEMPORARY_FILE("left by a killed process");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For a person. */
        public String label() {
            return label;
        }
    }

    /**
     * Something that nobody needs.
     *
     * @param run the run's folder
     * @param path what can be removed, with all that is in it
     * @param kind why
     * @param bytes what that would give back
     * @param holdsResult whether a finished result would go with it
     */
    public record Leftover(Path run, Path path, Kind kind, long bytes, boolean holdsResult) {
        private static Leftover of(Path run, Path path, Kind kind, boolean holdsResult) {
            return new Leftover(run, path, kind, FileTree.facts(path).bytes(), holdsResult);
        }
    }

    /** The leftovers in a run's folder. Nothing of a damaged run counts as one: what is left of it may be all there is. */
    public static List<Leftover> in(Path run) {
        Path folder = run.toAbsolutePath().normalize();
        RunFiles files = new RunFiles(folder);
        if (files.isSetAside()) {
            return List.of(Leftover.of(folder, folder, Kind.STALE_RUN, files.isFinished()));
        }
        List<Leftover> found = new ArrayList<>();
        try {
            files.requireNoLinks();
            if (files.isFinished()) {
                long best = files.result().bestStep();
                new CheckpointStore(folder.resolve(RunFiles.CHECKPOINTS), message -> {})
                        .redundant(best)
                        .forEach(path -> found.add(Leftover.of(folder, path, Kind.CHECKPOINT, false)));
            }
        } catch (PaletteException e) {
            return List.of();
        }
        temporary(folder).stream()
                .filter(path -> found.stream().noneMatch(other -> path.startsWith(other.path())))
                .forEach(path -> found.add(Leftover.of(folder, path, Kind.TEMPORARY_FILE, false)));
        return found;
    }

    /**
     * Removes leftovers of one run.
     *
     * @param leftovers from {@link #in}
     * @return those that are gone; empty when another process is working on the run, of which nothing is touched then
     */
    public static Optional<List<Leftover>> remove(Path run, List<Leftover> leftovers) {
        RunFiles files = new RunFiles(run.toAbsolutePath().normalize());
        try (LockedFolder lock = LockedFolder.tryLock(files.lock()).orElse(null)) {
            if (lock == null) {
                return Optional.empty();
            }
            List<Leftover> now = in(run); // what was listed without the lock may have come into use since
            List<Leftover> gone = leftovers.stream()
                    .filter(leftover ->
                            now.stream().anyMatch(other -> other.path().equals(leftover.path())))
                    .toList();
            gone.forEach(leftover -> FileTree.delete(leftover.path()));
            return Optional.of(gone);
        }
    }

    private static List<Path> temporary(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return visit(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    visit(path);
                    return FileVisitResult.CONTINUE;
                }

                private boolean visit(Path path) {
                    boolean temporary =
                            TEMPORARY.matcher(path.getFileName().toString()).matches();
                    if (temporary) {
                        found.add(path);
                    }
                    return temporary;
                }
            });
        } catch (IOException e) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw AtomicFile.cannotRead(folder, e);
            }
        }
        return found;
    }
}
