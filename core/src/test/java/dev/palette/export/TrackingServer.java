package dev.palette.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MLflow tracking server in memory: those methods of its REST API that we use, with its documented limits, error codes and rules on
 * what may be written twice (https://mlflow.org/docs/latest/rest-api.html).
 */
final class TrackingServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TAG = Pattern.compile("tags\\.\"([^\"]+)\" = '([^']*)'");
    private static final Pattern KEY = Pattern.compile("[\\w./ -]{1,250}");

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits for an acknowledgement
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final HttpServer server;
    private final Map<String, String> experiments = new LinkedHashMap<>();

    /** All runs, in the order in which they were made. */
    final List<Run> runs = new ArrayList<>();

    /** Every request's method and path. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** What came as Authorization, or none. */
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** Uploaded files. */
    final Map<String, byte[]> artifacts = new TreeMap<>();

    /** The status of the answers to paths that contain {@link #failing}; 0 for none. */
    volatile int failure;

    volatile String failing = "";

    /** Where it says that artifacts are. */
    volatile String artifactRoot = "mlflow-artifacts:/";

    TrackingServer() throws IOException {
        this(0);
    }

    TrackingServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(thread);
        server.createContext("/", this::answer);
        server.start();
    }

    /** A run as the server keeps it. */
    static final class Run {
        final String id;
        final String experiment;
        final ObjectNode info;
        final Map<String, String> params = new TreeMap<>();
        final Map<String, String> tags = new TreeMap<>();
        final Set<String> metrics = new LinkedHashSet<>();

        Run(String id, String experiment, ObjectNode info) {
            this.id = id;
            this.experiment = experiment;
            this.info = info;
        }

        String status() {
            return info.get("status").asText();
        }

        /** Its values of a metric, each as {@code step=value}. */
        List<String> history(String key) {
            return metrics.stream()
                    .filter(metric -> metric.startsWith(key + "@"))
                    .map(metric -> metric.replaceAll(".*#", ""))
                    .toList();
        }
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 200;
            String text;
            try {
                if (failure != 0 && path.contains(failing)) {
                    throw new Refusal(failure, "INTERNAL_ERROR", "asked to fail");
                }
                text = answer(exchange, path, body);
            } catch (Refusal e) {
                status = e.status;
                text = JSON.createObjectNode()
                        .put("error_code", e.code)
                        .put("message", e.getMessage())
                        .toString();
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String answer(HttpExchange exchange, String path, byte[] body) throws IOException {
        String files = "/api/2.0/mlflow-artifacts/artifacts/";
        if (path.startsWith(files)) {
            artifacts.put(path.substring(files.length()), body);
            return "{}";
        }
        JsonNode question = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        String method = exchange.getRequestMethod() + " " + path.replace("/api/2.0/mlflow/", "");
        return switch (method) {
            case "GET experiments/get-by-name" ->
                experiment(exchange.getRequestURI().getQuery());
            case "POST experiments/create" ->
                createExperiment(question.get("name").asText());
            case "POST runs/create" -> create(question);
            case "POST runs/search" -> search(question);
            case "POST runs/log-batch" -> log(question);
            case "POST runs/update" -> update(question);
            case "POST runs/set-tag" -> tag(question);
            default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND", method);
        };
    }

    private String experiment(String query) {
        String name = query.replaceFirst("^experiment_name=", "");
        if (!experiments.containsKey(name)) {
            throw new Refusal(
                    404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name '%s'".formatted(name));
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("experiment")
                .put("experiment_id", experiments.get(name))
                .put("name", name)
                .put("lifecycle_stage", "active");
        return answer.toString();
    }

    private String createExperiment(String name) {
        if (experiments.containsKey(name)) {
            throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", name);
        }
        experiments.put(name, Integer.toString(experiments.size() + 1));
        return JSON.createObjectNode()
                .put("experiment_id", experiments.get(name))
                .toString();
    }

    private String create(JsonNode question) {
        String id = "run%d".formatted(runs.size());
        String experiment = question.get("experiment_id").asText();
        ObjectNode info = JSON.createObjectNode()
                .put("run_id", id)
                .put("run_name", question.get("run_name").asText())
                .put("start_time", question.get("start_time").asLong())
                .put("status", "RUNNING")
                .put("artifact_uri", artifactRoot + "%s/%s/artifacts".formatted(experiment, id));
        Run run = new Run(id, experiment, info);
        question.path("tags")
                .forEach(tag ->
                        run.tags.put(tag.get("key").asText(), tag.get("value").asText()));
        runs.add(run);
        ObjectNode answer = JSON.createObjectNode();
        answer.set("run", describe(run));
        return answer.toString();
    }

    private String search(JsonNode question) {
        Map<String, String> wanted = new TreeMap<>();
        Matcher conditions = TAG.matcher(question.get("filter").asText());
        while (conditions.find()) {
            wanted.put(conditions.group(1), conditions.group(2));
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode found = answer.putArray("runs");
        runs.stream()
                .filter(run -> run.tags.entrySet().containsAll(wanted.entrySet()))
                .filter(run -> run.experiment.equals(
                        question.get("experiment_ids").get(0).asText()))
                .forEach(run -> found.add(describe(run)));
        return answer.toString();
    }

    private String log(JsonNode question) {
        Run run = run(question);
        limit("metrics", question.path("metrics").size(), 1000);
        limit("params", question.path("params").size(), 100);
        limit("tags", question.path("tags").size(), 100);
        limit(
                "entries",
                question.path("metrics").size()
                        + question.path("params").size()
                        + question.path("tags").size(),
                1000);
        for (JsonNode param : question.path("params")) {
            String value = param.get("value").asText();
            String earlier = run.params.putIfAbsent(key(param), value);
            if (earlier != null && !earlier.equals(value)) {
                throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed");
            }
        }
        for (JsonNode metric : question.path("metrics")) { // a set: the same key, time, step and value is one metric
            run.metrics.add("%s@%d#%d=%s"
                    .formatted(
                            key(metric),
                            metric.get("timestamp").asLong(),
                            metric.get("step").asLong(),
                            metric.get("value").asText()));
        }
        question.path("tags")
                .forEach(tag -> run.tags.put(key(tag), tag.get("value").asText()));
        return "{}";
    }

    private String update(JsonNode question) {
        run(question).info.setAll((ObjectNode) question);
        return "{}";
    }

    private String tag(JsonNode question) {
        run(question).tags.put(key(question), question.get("value").asText());
        return "{}";
    }

    private Run run(JsonNode question) {
        return runs.stream()
                .filter(run -> run.id.equals(question.path("run_id").asText()))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "no such run"));
    }

    private static String key(JsonNode entry) {
        String key = entry.get("key").asText();
        if (!KEY.matcher(key).matches()) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Invalid name: '%s'".formatted(key));
        }
        return key;
    }

    private static void limit(String what, int found, int most) {
        if (found > most) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "at most %d %s, got %d".formatted(most, what, found));
        }
    }

    private static ObjectNode describe(Run run) {
        ObjectNode description = JSON.createObjectNode();
        description.set("info", run.info);
        ArrayNode tags = description.putObject("data").putArray("tags");
        run.tags.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
        return description;
    }

    /** What the server says no with. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Refusal(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }
}
