package dev.palette.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds our experiments and runs at an MLflow server, by the tags that say which trial a run is of and when
 * it started, and makes those that are not there. A trial that was run once more, on other data, is another run there too. */
final class MlflowServer implements Exporter {
    private static final String TRIAL = "palette.trial";
    private static final String STARTED = "palette.started";

    private final MlflowApi api;
    private final boolean artifacts;
    private final Map<String, String> experiments = new HashMap<>();

    MlflowServer(MlflowApi api, boolean artifacts) {
        this.api = api;
        this.artifacts = artifacts;
    }

    @Override
    public RunExport begin(ExportedRun run) throws IOException {
        String experiment = experiment(run.stored().experiment());
        Optional<JsonNode> there = find(experiment, run);
        JsonNode info = there.isPresent() ? there.get() : create(experiment, run);
        MlflowRun begun = new MlflowRun(api, run, info, artifacts);
        begun.begin();
        return begun;
    }

    private String experiment(String name) throws IOException {
        String known = experiments.get(name);
        if (known == null) {
            known = find(name).orElse("");
            if (known.isEmpty()) {
                known = create(name);
            }
            experiments.put(name, known);
        }
        return known;
    }

    private Optional<String> find(String name) throws IOException {
        try {
            JsonNode experiment =
                    api.get("experiments/get-by-name", "experiment_name", name).path("experiment");
            if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
                throw new IOException(
                        "its experiment '%s' was deleted; restore it, or delete it for good".formatted(name));
            }
            return Optional.of(experiment.path("experiment_id").asText());
        } catch (MlflowApi.Refused e) {
            if (e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String create(String name) throws IOException {
        return api.post("experiments/create", MlflowApi.object().put("name", name))
                .path("experiment_id")
                .asText();
    }

    private Optional<JsonNode> find(String experiment, ExportedRun run) throws IOException {
        ObjectNode question = MlflowApi.object()
                .put("filter", filter(TRIAL, run.stored().id()) + " AND " + filter(STARTED, started(run)))
                .put("max_results", 1);
        question.putArray("experiment_ids").add(experiment);
        JsonNode found = api.post("runs/search", question).path("runs").path(0);
        return found.isMissingNode() ? Optional.empty() : Optional.of(found);
    }

    private static String filter(String tag, String value) {
        return "tags.\"%s\" = '%s'".formatted(tag, value);
    }

    private static String started(ExportedRun run) {
        return run.started().toString();
    }

    private JsonNode create(String experiment, ExportedRun run) throws IOException {
        ObjectNode question = MlflowApi.object()
                .put("experiment_id", experiment)
                .put("run_name", run.title())
                .put("start_time", run.started().toEpochMilli());
        ArrayNode tags = question.putArray("tags");
        tag(tags, TRIAL, run.stored().id());
        tag(tags, STARTED, started(run));
        tag(tags, "palette.variant", run.settings().variant());
        tag(tags, "palette.version", run.provenance().palette());
        tag(tags, "palette.device", run.provenance().device());
        tag(tags, "mlflow.source.name", "palette");
        tag(tags, "mlflow.source.type", "LOCAL");
        tag(tags, "mlflow.source.git.commit", run.provenance().commit());
        return api.post("runs/create", question).path("run");
    }

    static void tag(ArrayNode tags, String key, String value) {
        tags.addObject().put("key", key).put("value", value);
    }
}
