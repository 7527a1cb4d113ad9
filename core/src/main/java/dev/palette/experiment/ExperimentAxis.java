package dev.palette.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that varies over an experiment's trials, by the place of its value in a trial's canonical JSON.
 *
 * @param name what the script called it, as in {@code choice('architecture', …)}, or null when it has no name
 * @param path members joined by dots, elements of lists in brackets: {@code adapter}, {@code adapter.size},
 *     {@code training.optimizer.learningRate}, {@code tasks[0].directory}
 */
public record ExperimentAxis(@Nullable String name, String path) {
    /** The value that a trial has; a missing node where the trial has no such option, as {@code shared()} has no size. */
    public JsonNode in(JsonNode trial) {
        return trial.at(JsonPointer.compile(
                "/" + path.replace("[", "/").replace("]", "").replace('.', '/')));
    }

    /** What tables call it: its name, else the last member of its path. */
    public String label() {
        return name != null ? name : path.substring(path.lastIndexOf('.') + 1);
    }
}
