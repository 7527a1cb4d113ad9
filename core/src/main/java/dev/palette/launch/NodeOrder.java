package dev.palette.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.execution.TrialOrder;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.StrictJson;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * All that a machine of a cluster needs to be told to have a trial worked on.
 *
 * @param order with a kernel and replicas to be replaced by what fits that machine
 * @param attempts that have failed before
 * @param plan what the worker may take
 */
public record NodeOrder(TrialOrder order, int attempts, RunPlan plan) {
    /** It as JSON, in one line. */
    public String line() {
        return StrictJson.mapper().valueToTree(this).toString();
    }

    /** Writes it whole. */
    void write(Path file) {
        AtomicFile.writeText(file, line());
    }

    static NodeOrder read(Path file) {
        try {
            return parse(SmallFile.readText(file), file.toString());
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
    }

    /**
     * It, read from JSON.
     *
     * @param where it was found, for errors
     */
    static NodeOrder parse(String json, String where) {
        try {
            return StrictJson.mapper().readValue(json, NodeOrder.class);
        } catch (JsonProcessingException e) {
            throw StrictJson.explain(where, e);
        }
    }
}
