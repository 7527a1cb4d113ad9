package dev.palette.result;

import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder {@code <out>/<experiment>/<trial id>/} of one run:
 *
 * <pre>
 * trial.json        what was asked: the trial's canonical JSON, byte for byte
 * provenance.json   by what it is made, written at the first start
 * metrics.jsonl     one line a logged step and an evaluation
 * run.log           what was logged
 * checkpoints/      best and last
 * predictions/      a file a task and split
 * stopped.json      that a search stopped it before its end
 * result.json       what was found; written last, by rename: its presence means finished
 * </pre>
 *
 * <p>Whoever changes it holds its lock ({@link #tryLock}), which the operating system takes back when its owner dies.
 */
public final class RunDirectory {
    private final Trial trial;
    private final String id;
    private final Path experiment;
    private final RunFiles files;

    private RunDirectory(Trial trial, Path experiment) {
        this.trial = trial;
        this.id = trial.id();
        this.experiment = experiment;
        this.files = new RunFiles(experiment.resolve(id));
    }

    /** The folder of a trial's run; nothing is created. */
    public static RunDirectory of(Path out, String experiment, Trial trial) {
        return new RunDirectory(trial, out.resolve(experiment));
    }

    /**
     * A run by its own folder.
     *
     * @throws PaletteException when the folder has not the trial's name: it was renamed, or set aside as stale
     */
    public static RunDirectory at(Path folder, Trial trial) {
        Path whole = folder.toAbsolutePath().normalize();
        RunDirectory run = new RunDirectory(trial, whole.resolveSibling(""));
        if (!run.folder().equals(whole)) {
            throw new PaletteException(
                    "the folder %s holds the run of trial %s but is not named so; it was renamed, set aside, or made by another version of Palette"
                            .formatted(folder, trial.id()));
        }
        return run;
    }

    /**
     * The trial whose run a folder holds.
     *
     * @throws PaletteException when the folder holds no run, or its description is damaged
     */
    public static Trial trial(Path folder, Vocabulary vocabulary) {
        RunFiles files = new RunFiles(folder);
        if (!files.isBegun()) {
            throw new PaletteException(
                    "%s holds no run: there is no %s; name the folder of a run, <out>/<experiment>/<trial>"
                            .formatted(folder, RunFiles.TRIAL));
        }
        files.requireNoLinks();
        return TrialJson.read(
                files.trial(), vocabulary, folder.resolve(RunFiles.TRIAL).toString());
    }

    /** The folder itself. */
    public Path folder() {
        return files.folder();
    }

    /** Where steps and evaluations are logged as JSON, a line each. */
    public Path metrics() {
        return folder().resolve(RunFiles.METRICS);
    }

    /** The log for people. */
    public Path log() {
        return folder().resolve(RunFiles.LOG);
    }

    /** The folder of the checkpoints. */
    public Path checkpoints() {
        return folder().resolve(RunFiles.CHECKPOINTS);
    }

    /** The folder of the predictions. */
    public Path predictions() {
        return folder().resolve(RunFiles.PREDICTIONS);
    }

    /**
     * The right to change this run; empty when another process or thread has it. The lock lies beside the folder, so that the
     * folder can be set aside under it.
     */
    public Optional<LockedFolder> tryLock() {
        return LockedFolder.tryLock(lockFolder());
    }

    /** Holds the lock, and what its owner says of itself. */
    public Path lockFolder() {
        return files.lock();
    }

    /**
     * How far the run has come.
     *
     * @throws PaletteException when a file of it is damaged; names the file. A damaged run is never taken for a finished one
     */
    public RunState state() {
        files.requireNoLinks();
        if (!files.isBegun()) {
            return RunState.ABSENT;
        }
        files.trial(); // of this id, which is its hash
        if (!files.isFinished()) {
            return files.isStoppedEarly() ? RunState.STOPPED_EARLY : RunState.UNFINISHED;
        }
        result();
        return RunState.FINISHED;
    }

    /**
     * What a finished run found.
     *
     * @throws PaletteException when there is no result, or it is damaged
     */
    public RunResult result() {
        return files.result();
    }

    /** What the run is made by; written at its first start. */
    public Provenance provenance() {
        return files.provenance();
    }

    /** The result, if the run is finished and would be made by the same data, weights and numerics today. */
    public Optional<RunResult> finishedAndCurrent(Provenance present) {
        return state() == RunState.FINISHED && provenance().changes(present).isEmpty()
                ? Optional.of(result())
                : Optional.empty();
    }

    /**
     * Prepares the folder for its run; the caller holds the lock. A run whose data, weights or numerics have changed since
     * is set aside, as {@code <id>.stale-<n>}, and never deleted.
     *
     * @param present what the run would be made by today
     */
    public Opening open(Provenance present) {
        RunState state = state();
        if (state == RunState.ABSENT) {
            return begin(present, Optional.empty());
        }
        if (state == RunState.STOPPED_EARLY) {
            files.deleteStopped();
        }
        Provenance first = provenance();
        List<Change> changes = first.changes(present);
        return changes.isEmpty()
                ? new Opening(state, first, Optional.empty())
                : begin(present, Optional.of(setAside(Change.text(changes))));
    }

    /** Where and why it was stopped for good, if it was. */
    public Optional<StoppedEarly> stoppedEarly() {
        return files.isStoppedEarly() ? Optional.of(files.stoppedEarly()) : Optional.empty();
    }

    /** Writes that it is stopped for good, then gives back the room of its checkpoints; the caller holds the lock. */
    public void stopEarly(StoppedEarly stopped) {
        files.write(stopped);
        FileTree.delete(checkpoints());
    }

    /** Writes the result, by which the run is finished. */
    public void finish(RunResult result) {
        files.write(result);
    }

    private Opening begin(Provenance present, Optional<String> setAside) {
        files.write(present);
        files.writeTrial(trial.question().json()); // last: its presence means begun
        return new Opening(RunState.ABSENT, present, setAside);
    }

    private String setAside(String reason) {
        int n = 1;
        while (Files.exists(stale(n))) {
            n++;
        }
        try {
            Files.move(folder(), stale(n));
            AtomicFile.forceFolder(experiment);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(stale(n), e);
        }
        return "the earlier run of trial %s is stale: %s; it now lies in %s".formatted(id, reason, stale(n));
    }

    private Path stale(int n) {
        return experiment.resolve(id + RunFiles.STALE + n);
    }
}
