package dev.palette.train;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The checkpoints of one run: folders {@code step-<n>} to continue from, of which the newest is kept, and {@code best-<n>}, the
 * weights to report, named {@code best} when the run is finished.
 *
 * <p>A folder is complete when its {@code state.json} is there, which is written last and names the checksum of each other file; so
 * a checkpoint that a crash cut off, or a disk damaged, is recognised and never trained on.
 */
public final class CheckpointStore {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String STATE = "state.json";
    private static final String STEP = "step-";
    private static final String BEST = "best";
    private static final String BEST_OF = "best-";

    private final Path folder;
    private final Consumer<String> messages;

    /**
     * The checkpoints under a folder, which need not exist.
     *
     * @param messages hears of checkpoints that are damaged
     */
    public CheckpointStore(Path folder, Consumer<String> messages) {
        this.folder = folder;
        this.messages = messages;
    }

    /** A checkpoint whose files are whole; to be closed after reading. */
    record Checkpoint(TrainingState state, SafetensorsFile weights, Optional<SafetensorsFile> optimizer)
            implements AutoCloseable {
        @Override
        public void close() {
            weights.close();
            optimizer.ifPresent(SafetensorsFile::close);
        }
    }

    /** Writes what training continues from, then drops older ones. */
    void save(TrainingState state, Collection<TensorData> weights, Collection<TensorData> optimizer) {
        Path target = folder.resolve(STEP + state.step());
        write(target, state, Map.of(WEIGHTS, weights, OPTIMIZER, optimizer));
        Path best = best(state.best().step());
        Path restorePoint = folder.resolve(STEP + state.restorePoint());
        Stream.concat(numbered(STEP).stream(), numbered(BEST_OF).stream())
                .filter(other -> !other.equals(target) && !other.equals(best) && !other.equals(restorePoint))
                .forEach(CheckpointStore::delete);
    }

    /**
     * Writes the weights of the best evaluation so far. Those of the one before stay until {@link #save} writes a state that has
     * them no longer as the best: the run can still be continued from the state before.
     */
    void saveBest(TrainingState state, Collection<TensorData> weights) {
        write(best(state.step()), state, Map.of(WEIGHTS, weights));
    }

    /** The newest whole checkpoint to continue from. */
    Optional<Checkpoint> latest() {
        return numbered(STEP).stream().map(this::open).flatMap(Optional::stream).findFirst();
    }

    /** The checkpoint of a step, if whole. */
    Optional<Checkpoint> at(long step) {
        Path checkpoint = folder.resolve(STEP + step);
        return Files.isDirectory(checkpoint) ? open(checkpoint) : Optional.empty();
    }

    /** Drops the checkpoints of later steps: training went back, and takes those steps again in another way. */
    void dropAfter(long step) {
        numbered(STEP).stream()
                .filter(checkpoint -> stepOf(checkpoint) > step)
                .forEach(CheckpointStore::delete);
    }

    /** The weights of the best evaluation, made at a step, if whole. */
    Optional<Checkpoint> bestOf(long step) {
        return Files.isDirectory(best(step)) ? open(best(step)) : Optional.empty();
    }

    /**
     * The weights that a finished trial reports with, if whole; to be closed after reading.
     *
     * @param step of the best evaluation
     */
    public Optional<SafetensorsFile> kept(long step) {
        Path kept = folder.resolve(BEST);
        Path unnamed = best(step); // stopped after the result was written, before it had its name
        return Stream.of(kept, unnamed)
                .filter(Files::isDirectory)
                .findFirst()
                .flatMap(this::open)
                .map(Checkpoint::weights);
    }

    /** Drops what a finished trial no longer needs: everything but the best weights, which become {@code best}. */
    public void keepBestOnly() {
        numbered(STEP).forEach(CheckpointStore::delete);
        for (Path best : numbered(BEST_OF)) {
            delete(folder.resolve(BEST));
            try {
                Files.move(best, folder.resolve(BEST), StandardCopyOption.ATOMIC_MOVE);
                AtomicFile.forceFolder(folder);
            } catch (IOException e) {
                throw AtomicFile.cannotWrite(folder.resolve(BEST), e);
            }
        }
    }

    private Path best(long step) {
        return folder.resolve(BEST_OF + step);
    }

    private static void write(Path target, TrainingState state, Map<String, Collection<TensorData>> files) {
        delete(target); // an earlier one of the same name: without its state.json first, so it is never half believed
        Map<String, String> checksums = new TreeMap<>();
        files.forEach((name, tensors) ->
                checksums.put(name, SafetensorsWriter.write(target.resolve(name), tensors, Map.of("format", "pt"))));
        new SealedState(state, checksums).write(target.resolve(STATE));
    }

    private Optional<Checkpoint> open(Path checkpoint) {
        try {
            SealedState sealed = SealedState.read(checkpoint.resolve(STATE));
            for (Map.Entry<String, String> file : sealed.checksums().entrySet()) {
                String found = FileDigest.crc32c(checkpoint.resolve(file.getKey()));
                if (!found.equals(file.getValue())) {
                    throw new IOException(
                            "%s has checksum %s, expected %s".formatted(file.getKey(), found, file.getValue()));
                }
            }
            return Optional.of(new Checkpoint(
                    sealed.state(),
                    SafetensorsFile.open(checkpoint.resolve(WEIGHTS)),
                    sealed.checksums().containsKey(OPTIMIZER)
                            ? Optional.of(SafetensorsFile.open(checkpoint.resolve(OPTIMIZER)))
                            : Optional.empty()));
        } catch (IOException | PaletteException e) {
            messages.accept(
                    "checkpoint %s is incomplete or damaged and is not used: %s".formatted(checkpoint, e.getMessage()));
            return Optional.empty();
        }
    }

    /** The folders of a kind, newest first. */
    private List<Path> numbered(String kind) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(kind + "\\d{1,18}"))
                    .sorted(Comparator.comparingLong(CheckpointStore::stepOf).reversed())
                    .toList();
        } catch (IOException e) {
            throw new PaletteException("cannot list the checkpoints in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static long stepOf(Path checkpoint) {
        String name = checkpoint.getFileName().toString();
        return Long.parseLong(name.substring(name.indexOf('-') + 1));
    }

    private static List<Path> filesIn(Path checkpoint) throws IOException {
        if (!Files.isDirectory(checkpoint)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(checkpoint)) {
            return entries.toList();
        }
    }

    private static void delete(Path checkpoint) {
        try {
            Files.deleteIfExists(checkpoint.resolve(STATE));
            for (Path file :
                    filesIn(checkpoint)) { // with what a process that was killed while writing left half-written
                Files.delete(file);
            }
            Files.deleteIfExists(checkpoint);
        } catch (IOException e) {
            throw new PaletteException("cannot remove the old checkpoint %s: %s".formatted(checkpoint, e), e);
        }
    }
}
