package dev.palette.train;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileTree;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.train.CheckpointFolder.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The checkpoints of one run: folders {@code step-<n>} to continue from, of which the last two stay, and {@code best-<n>}, the
 * weights of the best evaluation that each of them knows; named {@code best} when the run is finished.
 *
 * <p>A checkpoint that a crash cut off, or a disk damaged, is recognised and never trained on: the one before is.
 */
public final class CheckpointStore {
    private static final String STEP = "step-";
    private static final String BEST = "best";
    private static final String BEST_OF = "best-";

    /** Checkpoints to continue from: should the newest be damaged, one is left. */
    private static final int RECENT = 2;

    private final Path folder;
    private final CheckpointPlan plan;
    private final Consumer<String> messages;
    private final Set<Path> refused = new HashSet<>();

    /**
     * The checkpoints under a folder, which need not exist.
     *
     * @param plan when they are written, and which stay
     * @param messages hears of checkpoints that are damaged
     */
    public CheckpointStore(Path folder, CheckpointPlan plan, Consumer<String> messages) {
        this.folder = folder;
        this.plan = plan;
        this.messages = messages;
    }

    /** The checkpoints of a run that is only read. */
    public CheckpointStore(Path folder, Consumer<String> messages) {
        this(folder, CheckpointPlan.DEFAULT, messages);
    }

    /** When they are written, and which stay. */
    CheckpointPlan plan() {
        return plan;
    }

    /** Writes what training continues from, then drops what neither it nor the one before needs. */
    void save(TrainingState state, Collection<TensorData> weights, Collection<TensorData> optimizer) {
        write(
                stepOf(state.step()),
                state,
                Map.of(CheckpointFolder.WEIGHTS, weights, CheckpointFolder.OPTIMIZER, optimizer));
        prune(state.step());
    }

    /**
     * Writes the weights of the best evaluation so far. Those of the one before stay until no checkpoint is left that has them as
     * the best.
     */
    void saveBest(TrainingState state, Collection<TensorData> weights) {
        write(bestAt(state.step()), state, Map.of(CheckpointFolder.WEIGHTS, weights));
    }

    /** The newest whole checkpoint to continue from, whose best weights are whole as well. */
    Optional<Checkpoint> latest() {
        List<Path> all = numbered(STEP);
        for (Path step : all) {
            Optional<Checkpoint> checkpoint = open(step, number(step)).filter(this::hasItsBest);
            if (checkpoint.isPresent()) {
                if (!step.equals(all.get(0))) {
                    messages.accept("training goes on from the checkpoint before, %s".formatted(step));
                }
                return checkpoint;
            }
            refused.add(step);
        }
        if (!all.isEmpty()) {
            messages.accept("no checkpoint in %s is whole; training starts anew".formatted(folder));
        }
        return Optional.empty();
    }

    /** The checkpoint of a step, if whole. */
    Optional<Checkpoint> at(long step) {
        return exists(stepOf(step)) ? open(stepOf(step), step).filter(this::hasItsBest) : Optional.empty();
    }

    /** Drops the checkpoints of later steps: training went back, and takes those steps again in another way. */
    void dropAfter(long step) {
        drop(numbered(STEP).stream().filter(checkpoint -> number(checkpoint) > step));
    }

    /** The weights of the best evaluation, made at a step, if whole. */
    Optional<Checkpoint> bestOf(long step) {
        return exists(bestAt(step)) ? open(bestAt(step), step) : Optional.empty();
    }

    /**
     * The weights that a finished trial reports with, if whole; to be closed after reading.
     *
     * @param step of the best evaluation
     */
    public Optional<SafetensorsFile> kept(long step) {
        Path unnamed = bestAt(step); // stopped after the result was written, before it had its name
        return Stream.of(folder.resolve(BEST), unnamed)
                .filter(CheckpointStore::exists)
                .findFirst()
                .flatMap(best -> open(best, step))
                .map(Checkpoint::weights);
    }

    /**
     * Names a finished trial's best weights {@code best} and drops what it no longer needs.
     *
     * @param step of the best evaluation
     */
    public void finish(long step) {
        Path best = bestAt(step);
        if (exists(best)) {
            FileTree.delete(folder.resolve(BEST));
            try {
                Files.move(best, folder.resolve(BEST), StandardCopyOption.ATOMIC_MOVE);
                AtomicFile.forceFolder(folder);
            } catch (IOException e) {
                throw AtomicFile.cannotWrite(folder.resolve(BEST), e);
            }
        }
        drop(numbered(STEP).stream().filter(checkpoint -> !plan.stays(number(checkpoint))));
        drop(numbered(BEST_OF).stream());
    }

    /**
     * What a finished run can do without: every checkpoint but its best weights.
     *
     * @param step of the best evaluation
     */
    public List<Path> redundant(long step) {
        boolean named = exists(folder.resolve(BEST));
        return Stream.concat(numbered(STEP).stream(), numbered(BEST_OF).stream())
                .filter(checkpoint -> named || !checkpoint.equals(bestAt(step)))
                .toList();
    }

    /** The steps of the checkpoints to continue from, whole or not, newest first. */
    public List<Long> steps() {
        return numbered(STEP).stream().map(CheckpointStore::number).toList();
    }

    /** Drops what is not needed any more: what comes after {@code newest} belongs to a course that training has left. */
    private void prune(long newest) {
        Set<Path> kept = new HashSet<>();
        int recent = 0;
        for (Path step : numbered(STEP)) {
            boolean left = number(step) > newest || refused.contains(step);
            Optional<TrainingState> state = left ? Optional.empty() : new CheckpointFolder(step).state();
            if (state.isPresent() && (kept.contains(step) || recent < RECENT || plan.stays(number(step)))) {
                recent++;
                kept.add(step);
                kept.add(bestAt(state.get().best().step()));
                kept.add(stepOf(state.get().restorePoint())); // an earlier one, so its turn is still to come
            }
        }
        drop(Stream.concat(numbered(STEP).stream(), numbered(BEST_OF).stream()).filter(other -> !kept.contains(other)));
    }

    private void write(Path target, TrainingState state, Map<String, Collection<TensorData>> files) {
        new CheckpointFolder(target).write(state, files);
        refused.remove(target);
    }

    private boolean hasItsBest(Checkpoint checkpoint) {
        long step = checkpoint.state().best().step();
        if (step == 0) {
            return true;
        }
        Optional<Checkpoint> best = open(bestAt(step), step);
        best.ifPresent(Checkpoint::close);
        if (best.isEmpty()) {
            checkpoint.close();
        }
        return best.isPresent();
    }

    /** A checkpoint, if it is whole and that of the step. */
    private Optional<Checkpoint> open(Path checkpoint, long step) {
        try {
            return Optional.of(new CheckpointFolder(checkpoint).open(step));
        } catch (IOException | PaletteException e) {
            messages.accept(
                    "checkpoint %s is incomplete or damaged and is not used: %s".formatted(checkpoint, e.getMessage()));
            return Optional.empty();
        }
    }

    private Path stepOf(long step) {
        return folder.resolve(STEP + step);
    }

    private Path bestAt(long step) {
        return folder.resolve(BEST_OF + step);
    }

    /** What has a name of a kind, newest first. */
    private List<Path> numbered(String kind) {
        if (!exists(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(kind + "\\d{1,18}"))
                    .sorted(Comparator.comparingLong(CheckpointStore::number).reversed())
                    .toList();
        } catch (IOException e) {
            throw AtomicFile.cannotRead(folder, e);
        }
    }

    private static long number(Path checkpoint) {
        String name = checkpoint.getFileName().toString();
        return Long.parseLong(name.substring(name.indexOf('-') + 1));
    }

    private static boolean exists(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void drop(Stream<Path> checkpoints) {
        checkpoints.forEach(checkpoint -> new CheckpointFolder(checkpoint).delete());
    }
}
