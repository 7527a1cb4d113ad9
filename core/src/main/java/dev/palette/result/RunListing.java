package dev.palette.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.RunEntry.State;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.storage.FileTree.Facts;
import dev.palette.storage.LockedFolder;
import dev.palette.task.Average;
import dev.palette.train.CheckpointStore;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Lists runs from their small files alone, so that thousands are listed in a moment: a description is read as the tree that it is,
 * and turned into a trial only for labels that were not met before.
 */
public final class RunListing {
    private final TrialLabels labels;

    /**
     * A listing.
     *
     * @param vocabulary the words that trials may use; those of a plug-in that is missing are shown as they are
     */
    public RunListing(Vocabulary vocabulary) {
        this.labels = new TrialLabels(vocabulary);
    }

    /** The run in a folder of {@link RunFolders}. */
    public RunEntry entry(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        RunFiles files = new RunFiles(whole);
        Facts facts = FileTree.facts(whole);
        try {
            facts.link().ifPresent(link -> files.requireNoLinks());
            return whole(files, facts);
        } catch (PaletteException e) {
            return new RunEntry(
                    folder,
                    name(whole.resolveSibling("")),
                    RunFiles.id(whole),
                    State.DAMAGED,
                    "",
                    "",
                    0,
                    0,
                    0,
                    OptionalDouble.empty(),
                    facts.changed(),
                    facts.bytes(),
                    e.getMessage());
        }
    }

    /** Whether a process is working on the run in a folder at this moment. */
    public static boolean isRunning(Path folder) {
        return LockedFolder.isHeld(new RunFiles(folder.toAbsolutePath().normalize()).lock());
    }

    private RunEntry whole(RunFiles files, Facts facts) {
        JsonNode trial = tree(files);
        TrialLabels.Labels named = labels.of(trial);
        long steps = trial.at("/training/steps").asLong();
        long step = files.isFinished()
                ? steps
                : files.isStoppedEarly() ? files.stoppedEarly().step() : step(files);
        return new RunEntry(
                files.folder(),
                name(files.folder().resolveSibling("")),
                RunFiles.id(files.folder()),
                state(files),
                named.adapter(),
                named.sampler(),
                trial.path("seed").asLong(),
                step,
                steps,
                files.isFinished() ? files.result().average(formula(trial)) : OptionalDouble.empty(),
                facts.changed(),
                facts.bytes(),
                null);
    }

    private static State state(RunFiles files) {
        if (files.isSetAside()) {
            return State.STALE;
        } else if (files.isFinished()) {
            return State.FINISHED;
        }
        if (files.isStoppedEarly()) {
            return State.STOPPED_EARLY;
        }
        return LockedFolder.isHeld(files.lock()) ? State.RUNNING : State.UNFINISHED;
    }

    private static long step(RunFiles files) {
        return new CheckpointStore(files.folder().resolve(RunFiles.CHECKPOINTS), message -> {})
                .steps().stream().findFirst().orElse(0L);
    }

    private static Average formula(JsonNode trial) {
        return Average.valueOf(trial.at("/training/evaluate/keepBest").asText().toUpperCase(Locale.ROOT));
    }

    static JsonNode tree(RunFiles files) {
        String text = files.trial();
        try {
            return StrictJson.mapper().readTree(text);
        } catch (JsonProcessingException e) { // its hash is right, so somebody made it so
            throw StrictJson.explain(files.folder().resolve(RunFiles.TRIAL).toString(), e);
        }
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }
}
