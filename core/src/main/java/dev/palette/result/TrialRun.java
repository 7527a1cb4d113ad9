package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.experiment.StrictJson;
import dev.palette.task.Average;
import dev.palette.task.Task;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A trial as tables see it: what was asked, and what was found where it is finished. Read once; a table is made of what its runs were
 * when it was begun.
 *
 * @param files where the run lies, or would
 * @param trial what was asked, as canonical JSON
 * @param adapter the adapter's label
 * @param sampler the sampling method's label
 * @param tasks what is learnt together; empty where a plug-in's word is in the trial, and no plug-in there
 * @param result what was found; empty when the run is not finished, or not begun
 * @param provenance by what a finished run was made
 */
public record TrialRun(
        StoredRun files,
        JsonNode trial,
        String adapter,
        String sampler,
        List<Task> tasks,
        Optional<RunResult> result,
        Optional<Provenance> provenance) {
    /** Copies the list. */
    public TrialRun {
        tasks = List.copyOf(tasks);
    }

    /** The experiment's name. */
    public String experiment() {
        return files.experiment();
    }

    /** The trial's seed. */
    public long seed() {
        return trial.path("seed").asLong();
    }

    /** Whether there is something to be shown of it. */
    public boolean isFinished() {
        return result.isPresent();
    }

    /** The average by which it chooses its checkpoint. */
    public Average keepBest() {
        return Average.valueOf(trial.at("/training/evaluate/keepBest").asText().toUpperCase(Locale.ROOT));
    }

    /** What was asked but for the seed: equal for the runs of one variant. */
    public String variant() {
        ObjectNode others = trial.deepCopy();
        others.remove("seed");
        return experiment() + " " + StrictJson.canonical(others);
    }
}
