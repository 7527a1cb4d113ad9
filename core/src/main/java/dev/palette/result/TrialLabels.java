package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import dev.palette.task.Task;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tables call the adapters and sampling methods of trials' JSON, and the tasks it describes. A tree is turned into a trial only for
 * what was not met before, so that thousands are read in a moment. Several threads may ask.
 */
final class TrialLabels {
    private final Vocabulary vocabulary;
    private final Map<List<JsonNode>, Labels> known = new ConcurrentHashMap<>();

    /**
     * Labels by some words.
     *
     * @param vocabulary the words that trials may use; those of a plug-in that is missing are shown as they are
     */
    TrialLabels(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * What one trial is told apart by.
     *
     * @param adapter the adapter's label
     * @param sampler the sampling method's label
     * @param tasks what is learnt together; empty where a plug-in's word is in the trial, and no plug-in there
     */
    record Labels(String adapter, String sampler, List<Task> tasks) {
        static Labels of(Trial trial) {
            return new Labels(trial.adapter().label(), trial.sampling().label(), trial.tasks());
        }
    }

    Labels of(JsonNode trial) {
        return known.computeIfAbsent(
                List.of(trial.path("adapter"), trial.path("sampling"), trial.path("tasks")), unseen -> read(trial));
    }

    private Labels read(JsonNode tree) {
        try {
            return Labels.of(TrialJson.read(tree.toString(), vocabulary));
        } catch (PaletteException e) { // a plug-in's word, and no plug-in
            return new Labels(
                    tree.at("/adapter/word").asText(), tree.at("/sampling/word").asText(), List.of());
        }
    }
}
