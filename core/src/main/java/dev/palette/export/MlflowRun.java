package dev.palette.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile.Position;
import dev.palette.result.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A run at an MLflow server. How far it is there stands in a tag of it, which is written with the metrics themselves; and since a metric
 * of the same key, time, step and value is one metric to the server, whatever is sent twice is there once.
 *
 * <p>A run that goes back to a checkpoint takes steps again. MLflow takes no metric back, so that both values of such a step stay.
 */
final class MlflowRun implements RunExport {
    private static final String POSITION = "palette.position";
    private static final Pattern NOT_IN_A_KEY = Pattern.compile("[^\\w./ -]");
    private static final String FINISHED = "FINISHED";
    private static final String RUNNING = "RUNNING";
    private static final String STOPPED = "KILLED";
    private static final int METRICS_A_REQUEST = 900; // of 1,000 entries, a tag among them
    private static final int PARAMETERS_A_REQUEST = 100;
    private static final int LONGEST_VALUE = 500; // of a parameter, as the oldest servers take it

    private final MlflowApi api;
    private final ExportedRun run;
    private final JsonNode info;
    private final boolean artifacts;
    private String status;
    private Position place;
    private boolean broken;

    /**
     * A run that is there.
     *
     * @param there as the server describes it
     */
    MlflowRun(MlflowApi api, ExportedRun run, JsonNode there, boolean artifacts) {
        this.api = api;
        this.run = run;
        this.info = there.path("info");
        this.artifacts = artifacts;
        this.status = info.path("status").asText();
        this.place = place(there.path("data").path("tags"));
    }

    /** Sends what does not change, and that it runs; nothing for one that is finished. */
    void begin() throws IOException {
        if (status.equals(FINISHED)) {
            return;
        }
        List<Map.Entry<String, JsonNode>> settings =
                new ArrayList<>(run.settings().byPath().entrySet());
        for (int i = 0; i < settings.size(); i += PARAMETERS_A_REQUEST) {
            ObjectNode batch = MlflowApi.object();
            ArrayNode parameters = batch.putArray("params");
            settings.subList(i, Math.min(settings.size(), i + PARAMETERS_A_REQUEST))
                    .forEach(setting -> parameters
                            .addObject()
                            .put("key", setting.getKey())
                            .put("value", brief(setting.getValue().asText())));
            send("runs/log-batch", batch);
        }
        update(RUNNING, MlflowApi.object());
    }

    @Override
    public Position reached() {
        return place;
    }

    @Override
    public void write(List<MetricPoint> points, Position reached) throws IOException {
        for (int i = 0; i < points.size(); i += METRICS_A_REQUEST) {
            int end = Math.min(points.size(), i + METRICS_A_REQUEST);
            ObjectNode batch = MlflowApi.object();
            ArrayNode metrics = batch.putArray("metrics");
            points.subList(i, end).forEach(point -> add(metrics, point));
            if (end == points.size()) {
                MlflowServer.tag(batch.putArray("tags"), POSITION, text(reached));
            }
            send("runs/log-batch", batch);
        }
        place = reached;
    }

    @Override
    public void finish(RunResult result) throws IOException {
        if (status.equals(FINISHED)) {
            return;
        }
        write(FinalPoints.of(result), place);
        if (!result.remarks().isEmpty()) {
            send(
                    "runs/set-tag",
                    MlflowApi.object()
                            .put("key", "mlflow.note.content")
                            .put("value", brief(String.join("\n", result.remarks()))));
        }
        if (artifacts) {
            try {
                new MlflowArtifacts(
                                api,
                                run.stored().folder(),
                                info.path("artifact_uri").asText())
                        .upload();
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
        update(
                FINISHED,
                MlflowApi.object()
                        .put("end_time", run.time(result.trainSeconds()).toEpochMilli()));
    }

    /** An unfinished run that nobody works on was stopped; it says so until it goes on. */
    @Override
    public void close() throws IOException {
        if (!broken && !status.equals(FINISHED) && !run.stored().isRunning()) {
            update(STOPPED, MlflowApi.object());
        }
    }

    private void update(String newStatus, ObjectNode change) throws IOException {
        send("runs/update", change.put("status", newStatus));
        status = newStatus;
    }

    private void send(String method, ObjectNode body) throws IOException {
        try {
            api.post(method, body.put("run_id", info.path("run_id").asText()));
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private void add(ArrayNode metrics, MetricPoint point) {
        ObjectNode metric = metrics.addObject()
                .put(
                        "key",
                        NOT_IN_A_KEY.matcher(point.part() + "/" + point.name()).replaceAll("_"))
                .put("timestamp", run.time(point).toEpochMilli())
                .put("step", point.step());
        if (Double.isFinite(point.value())) {
            metric.put("value", point.value());
        } else {
            metric.put("value", Double.toString(point.value())); // as protocol buffers write it in JSON
        }
    }

    private static String brief(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
    }

    private static Position place(JsonNode tags) {
        for (JsonNode tag : tags) {
            if (tag.path("key").asText().equals(POSITION)) {
                return position(tag.path("value").asText());
            }
        }
        return Position.START;
    }

    private static String text(Position place) {
        return "%d %d %d %s".formatted(place.offset(), place.length(), place.check(), place.elapsed());
    }

    /** What {@link #text} made; the beginning where somebody changed it. */
    private static Position position(String text) {
        String[] parts = text.split(" ", -1);
        try {
            return parts.length == 4
                    ? new Position(
                            Long.parseLong(parts[0]),
                            Integer.parseInt(parts[1]),
                            Integer.parseInt(parts[2]),
                            Double.parseDouble(parts[3]))
                    : Position.START;
        } catch (NumberFormatException e) {
            return Position.START;
        }
    }
}
