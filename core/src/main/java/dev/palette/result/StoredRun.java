package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import dev.palette.storage.LockedFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run as its files tell of it: readable anywhere, without the script and without the plug-ins whose words are in it. Each call reads
 * anew, so that a run can be looked at while it goes on.
 *
 * @param folder the run's
 */
public record StoredRun(Path folder) {
    /** Makes the path absolute: the names of the folder and of the one above say what the run is. */
    public StoredRun {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The trial's id. */
    public String id() {
        return RunFiles.id(folder);
    }

    /** The experiment's name: that of the folder above. */
    public String experiment() {
        return folder.resolveSibling("").getFileName().toString();
    }

    /**
     * What was asked.
     *
     * @throws PaletteException when the file is missing, or not that of this run
     */
    public JsonNode trial() {
        return RunListing.tree(files());
    }

    /**
     * By what it is made.
     *
     * @throws PaletteException when the file is missing or damaged
     */
    public Provenance provenance() {
        return files().provenance();
    }

    /**
     * What was found; empty when the run is not finished.
     *
     * @throws PaletteException when the file is damaged
     */
    public Optional<RunResult> result() {
        return files().isFinished() ? Optional.of(files().result()) : Optional.empty();
    }

    /** What it has logged. */
    public MetricsFile metrics() {
        return MetricsFile.of(folder);
    }

    /** Whether it was set aside, because its data, weights or numerics have changed since. */
    public boolean isSetAside() {
        return files().isSetAside();
    }

    /** Whether a search stopped it before its end. */
    public boolean isStoppedEarly() {
        return files().isStoppedEarly();
    }

    /** The folder of its predictions. */
    public Path predictions() {
        return folder.resolve(RunFiles.PREDICTIONS);
    }

    /** Whether a process is working on it at this moment. */
    public boolean isRunning() {
        return LockedFolder.isHeld(files().lock());
    }

    private RunFiles files() {
        return new RunFiles(folder);
    }
}
