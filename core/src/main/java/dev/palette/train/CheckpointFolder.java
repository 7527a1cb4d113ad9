package dev.palette.train;

import dev.palette.storage.FileDigest;
import dev.palette.storage.FileTree;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The folder of one checkpoint. It is complete when its {@code state.json} is there, which is written last and names the checksum of
 * each other file.
 *
 * @param folder the folder, which need not exist, and may be anything but that
 */
record CheckpointFolder(Path folder) {
    static final String WEIGHTS = "weights.safetensors";
    static final String OPTIMIZER = "optimizer.safetensors";
    private static final String STATE = "state.json";

    /** A checkpoint whose files are whole; to be closed after reading. */
    record Checkpoint(TrainingState state, SafetensorsFile weights, Optional<SafetensorsFile> optimizer)
            implements AutoCloseable {
        @Override
        public void close() {
            weights.close();
            optimizer.ifPresent(SafetensorsFile::close);
        }
    }

    /**
     * Writes it, in the place of an earlier one.
     *
     * @param files tensors by the name of their file
     */
    void write(TrainingState state, Map<String, Collection<TensorData>> files) {
        delete();
        boolean whole = false;
        try {
            Map<String, String> checksums = new TreeMap<>();
            files.forEach((name, tensors) -> checksums.put(
                    name, SafetensorsWriter.write(folder.resolve(name), tensors, Map.of("format", "pt"))));
            new SealedState(state, checksums).write(folder.resolve(STATE));
            whole = true;
        } finally {
            if (!whole) {
                delete(); // the disk may be full: the half of a checkpoint must not take the room of what goes on
            }
        }
    }

    /**
     * Opens it.
     *
     * @param step whose checkpoint it must be
     * @throws IOException when it is not whole, or that of another step
     * @throws dev.palette.spec.PaletteException when a file has the right checksum and is no safetensors file
     */
    Checkpoint open(long step) throws IOException {
        SealedState sealed = SealedState.read(folder.resolve(STATE));
        Set<String> names = sealed.checksums().keySet();
        boolean resumable = names.equals(Set.of(WEIGHTS, OPTIMIZER));
        if (sealed.state().step() != step || !(resumable || names.equals(Set.of(WEIGHTS)))) {
            throw new IOException("%s is that of step %d with the files %s"
                    .formatted(STATE, sealed.state().step(), names));
        }
        for (Map.Entry<String, String> file : sealed.checksums().entrySet()) {
            requireChecksum(folder.resolve(file.getKey()), file.getValue());
        }
        SafetensorsFile weights = SafetensorsFile.open(folder.resolve(WEIGHTS));
        Optional<SafetensorsFile> optimizer =
                resumable ? Optional.of(SafetensorsFile.open(folder.resolve(OPTIMIZER))) : Optional.empty();
        return new Checkpoint(sealed.state(), weights, optimizer);
    }

    /** Its state; empty when it was left half-written by a process that was killed, or is damaged. */
    Optional<TrainingState> state() {
        try {
            return Optional.of(SealedState.read(folder.resolve(STATE)).state());
        } catch (IOException e) {
            return Optional.empty(); // nothing to continue from, which is all that is asked
        }
    }

    /** Removes it, whatever has its name. */
    void delete() {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            FileTree.delete(folder.resolve(STATE)); // first, so that what is left of it is never half believed
        }
        FileTree.delete(folder);
    }

    private static void requireChecksum(Path file, String expected) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file.getFileName() + " is missing, or no file");
        }
        String found = FileDigest.crc32c(file);
        if (!found.equals(expected)) {
            throw new IOException("%s has checksum %s, expected %s".formatted(file.getFileName(), found, expected));
        }
    }
}
