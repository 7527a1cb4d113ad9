package dev.palette.result;

import dev.palette.experiment.Trial;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the finished run of a trial under another experiment of the same output folder. A trial's id stands for all that is asked, so
 * the answer is the same: a baseline that several scripts compare with is trained once.
 */
public final class FinishedElsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedElsewhere.class);
    private static final String TEMPORARY = ".taken-";

    private final Path out;
    private final String experiment;
    private final Trial trial;
    private final RunDirectory run;

    /**
     * A search.
     *
     * @param out the folder of all runs
     * @param experiment whose run is not begun
     */
    public FinishedElsewhere(Path out, String experiment, Trial trial) {
        this.out = out;
        this.experiment = experiment;
        this.trial = trial;
        this.run = RunDirectory.of(out, experiment, trial);
    }

    /**
     * Puts a copy of the finished run where that of this experiment belongs, unless that is begun, or a process has it. Checkpoints, which
     * nobody writes to again, take no room of their own where the file system has hard links.
     *
     * @param present what the run would be made by today; one made by other data, weights or numerics is not taken
     * @return the folder of the run that was taken
     * @throws PaletteException when the copy cannot be written
     */
    public Optional<Path> take(Provenance present) {
        if (run.state() != RunState.ABSENT) {
            return Optional.empty();
        }
        for (RunDirectory found : candidates()) {
            if (isFinished(found, present) && copied(found, present)) {
                return Optional.of(found.folder());
            }
        }
        return Optional.empty();
    }

    /** The folder of a finished run, whatever it was made by. */
    public Optional<Path> find() {
        return candidates().stream()
                .filter(found -> new RunFiles(found.folder()).isFinished())
                .map(RunDirectory::folder)
                .findFirst();
    }

    private List<RunDirectory> candidates() {
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> experiments = Files.list(out)) {
            return experiments
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals(experiment))
                    .sorted()
                    .map(name -> RunDirectory.of(out, name, trial))
                    .filter(other -> Files.isDirectory(other.folder()))
                    .toList();
        } catch (IOException e) {
            throw AtomicFile.cannotRead(out, e);
        }
    }

    private static boolean isFinished(RunDirectory found, Provenance present) {
        try {
            return found.finishedAndCurrent(present).isPresent();
        } catch (PaletteException e) { // that experiment will complain; this one can train the trial itself
            LOG.warn("a run that is not taken: {}", e.getMessage());
            return false;
        }
    }

    private boolean copied(RunDirectory found, Provenance present) {
        try (LockedFolder own = run.tryLock().orElse(null);
                LockedFolder other = found.tryLock().orElse(null)) {
            if (own == null || other == null || run.state() != RunState.ABSENT || !isFinished(found, present)) {
                return false;
            }
            copy(found);
            return true;
        }
    }

    private void copy(RunDirectory found) {
        Path temporary = run.folder().resolveSibling(TEMPORARY + trial.id());
        FileTree.delete(run.folder()); // without a trial.json it holds nothing
        FileTree.delete(temporary);
        FileTree.copy(found.folder(), temporary, file -> file.startsWith(found.checkpoints()));
        try {
            Files.move(temporary, run.folder(), StandardCopyOption.ATOMIC_MOVE);
            AtomicFile.forceFolder(temporary.resolveSibling(""));
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(run.folder(), e);
        }
    }
}
