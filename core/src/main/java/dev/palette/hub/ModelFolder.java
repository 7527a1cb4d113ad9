package dev.palette.hub;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model's folder in the cache, laid out as Hugging Face's libraries do. */
final class ModelFolder {
    private static final Logger log = LoggerFactory.getLogger(ModelFolder.class);
    private static final int LONGEST_REF = 1_000;

    /** Makes a link, where the file system knows such a thing. */
    @FunctionalInterface
    interface Linking {
        void link(Path link, Path target) throws IOException;
    }

    private final ModelId model;
    private final Path folder;
    private final Path lock;
    private final Linking linking;

    ModelFolder(Path cache, ModelId model, Linking linking) {
        this.model = model;
        this.folder = cache.resolve(model.folder());
        this.lock = cache.resolve(".locks").resolve(model.folder());
        this.linking = linking;
    }

    /** What is locked while files are fetched; apart from the folder, as the libraries have it. */
    Path lock() {
        return lock;
    }

    /**
     * The commit that a revision stands for, as far as the cache tells.
     *
     * @throws PaletteException when several commits begin so
     */
    Optional<String> commit(Revision revision) {
        if (revision.isCommit()) {
            return Optional.of(revision.name());
        }
        Optional<String> noted = ref(revision);
        return noted.isPresent() || !revision.mayBeginCommit() ? noted : beginning(revision);
    }

    /** The folder of a commit's files, which need not exist. */
    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    /** Where a content lies, by the name that the server has for it. */
    Path blob(String etag) {
        return folder.resolve("blobs").resolve(etag);
    }

    /** What has arrived of a content; apart from what other programs call so, which might write it at the same time. */
    Path part(String etag) {
        return folder.resolve("blobs").resolve(etag + ".palette.incomplete");
    }

    /**
     * Notes what a branch or tag stands for.
     *
     * @throws PaletteException when the cache cannot be written
     */
    void note(Revision revision, String commit) {
        try {
            Files.createDirectories(folder.resolve("blobs"));
            Files.createDirectories(snapshot(commit));
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder, e);
        }
        if (!revision.isCommit() && !commit.startsWith(revision.name())) {
            AtomicFile.writeText(refFile(revision), commit);
        }
    }

    /**
     * Gives a content its name in a commit: as a link, or where there are none, as a file.
     *
     * @throws PaletteException when the cache cannot be written
     */
    void name(String commit, String name, String etag) {
        Path named = snapshot(commit).resolve(name);
        Path blob = blob(etag);
        try {
            Path beside = Files.createDirectories(Objects.requireNonNull(named.getParent()));
            if (Files.isSymbolicLink(named)) {
                Files.delete(named); // it leads nowhere, or the file would not have been fetched
            }
            try {
                linking.link(named, beside.relativize(blob));
            } catch (FileAlreadyExistsException e) {
                log.debug("{} was named by another program", named);
            } catch (IOException | UnsupportedOperationException e) {
                log.debug("{} knows no links: {}", folder, e.toString());
                Files.move(blob, named, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(named, e);
        }
    }

    private Path refFile(Revision revision) {
        return folder.resolve("refs").resolve(revision.name());
    }

    private Optional<String> ref(Revision revision) {
        Path file = refFile(revision);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_REF) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file).strip()).filter(Revision::isCommit);
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
    }

    private Optional<String> beginning(Revision revision) {
        Path snapshots = folder.resolve("snapshots");
        if (!Files.isDirectory(snapshots)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(snapshots)) {
            List<String> commits = all.map(path -> path.getFileName().toString())
                    .filter(Revision::isCommit)
                    .filter(commit -> commit.startsWith(revision.name()))
                    .sorted()
                    .toList();
            if (commits.size() > 1) {
                throw new PaletteException("'%s' begins %d commits of %s in %s: %s; write more of it"
                        .formatted(revision, commits.size(), model, folder, String.join(", ", commits)));
            }
            return commits.stream().findFirst();
        } catch (IOException e) {
            throw AtomicFile.cannotRead(snapshots, e);
        }
    }
}
