package dev.palette.runner;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What sweeps that were disturbed must come to: the numbers of one that was not, and nothing done twice that was finished. */
final class Undisturbed {
    private static final String OUT = "undisturbed";

    private final TinyExperiment tiny;
    private final Experiment experiment;
    private final Map<Path, FileTime> results = new HashMap<>();
    private final Set<String> redone = new HashSet<>();

    /** Runs the experiment in peace, in this process. */
    Undisturbed(TinyExperiment tiny, Experiment experiment) {
        this.tiny = tiny;
        this.experiment = experiment;
        tiny.run(experiment, OUT, new Recorder());
    }

    /** Takes note of the results that there are; one that is newer than it was has been made again. */
    void look(String out) throws IOException {
        for (Trial trial : experiment.trials()) {
            Path result = tiny.directory(out, trial).folder().resolve("result.json");
            if (Files.exists(result)) {
                FileTime now = Files.getLastModifiedTime(result);
                FileTime before = results.put(result, now);
                if (before != null && !now.equals(before)) {
                    redone.add(out);
                }
            }
        }
    }

    /** Whether every trial is finished, once, with the same metrics and weights. */
    boolean isReachedBy(String out) throws IOException {
        look(out);
        if (redone.contains(out)) {
            return false;
        }
        for (Trial trial : experiment.trials()) {
            if (!results.containsKey(tiny.directory(out, trial).folder().resolve("result.json"))
                    || !tiny.metrics(out, trial).equals(tiny.metrics(OUT, trial))
                    || !Arrays.equals(tiny.bestWeights(out, trial), tiny.bestWeights(OUT, trial))) {
                return false;
            }
        }
        return true;
    }
}
