package dev.palette.original;

import dev.palette.experiment.Trial;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunState;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that {@code --output_dir} names: the original's files at its top, and the run itself, as every run is kept, in a
 * folder with the command's name.
 *
 * @param folder the folder; it need not exist
 * @param command the command that writes there
 */
record OutputDirectory(Path folder, String command) {
    private static final String PREDICTIONS = "predictions";

    /**
     * Refuses a folder with something else in it, as the original does; the same command stopped half-way may go on.
     *
     * @param trial what the command is about to run
     */
    void require(Trial trial) {
        if (isEmpty() || run(trial).state() != RunState.ABSENT) {
            return;
        }
        String holds = Files.isDirectory(folder.resolve(command))
                ? "it holds a run of %s with other flags".formatted(command)
                : "it holds %s".formatted(entries().get(0).getFileName());
        throw new PaletteException(
                "Output directory (%s) already exists and is not empty: %s; name a new folder, or repeat the command that it is from"
                        .formatted(folder, holds));
    }

    /** Where the trial is run. */
    RunDirectory run(Trial trial) {
        return RunDirectory.of(folder, command, trial);
    }

    /** A file at its top. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Copies a run's predictions to where scripts look for them. */
    void takePredictions(RunDirectory run) {
        if (!Files.isDirectory(run.predictions())) {
            return;
        }
        try (Stream<Path> files = Files.list(run.predictions())) {
            for (Path file : files.toList()) {
                AtomicFile.writeText(folder.resolve(PREDICTIONS).resolve(file.getFileName()), Files.readString(file));
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(folder.resolve(PREDICTIONS), e);
        }
    }

    private boolean isEmpty() {
        return !Files.exists(folder) || (Files.isDirectory(folder) && entries().isEmpty());
    }

    private List<Path> entries() {
        if (!Files.isDirectory(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
