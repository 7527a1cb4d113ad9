package dev.palette.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requests to an MLflow server, and what it answers; documented at https://mlflow.org/docs/latest/rest-api.html. */
final class MlflowApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int LONGEST_MESSAGE = 300;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI server;
    private final Optional<String> authorization;

    /**
     * Reaches nothing yet.
     *
     * @param environment in which names and tokens stand
     */
    MlflowApi(URI server, Map<String, String> environment) {
        this.server = server;
        this.authorization = authorization(environment);
    }

    /** The server said no. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final String code;

        Refused(int status, String code, String message) {
            super("it answers %d %s: %s%s".formatted(status, code, message, remedy(status)));
            this.code = code;
        }

        /** MLflow's name for what is wrong, e.g. {@code RESOURCE_DOES_NOT_EXIST}. */
        String code() {
            return code;
        }

        private static String remedy(int status) {
            return status == 401 || status == 403
                    ? "; set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD"
                    : "";
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Asks by {@code GET}. */
    JsonNode get(String method, String parameter, String value) throws IOException {
        String query = "?%s=%s".formatted(parameter, URLEncoder.encode(value, StandardCharsets.UTF_8));
        return tree(send(request("/api/2.0/mlflow/" + method + query).GET()));
    }

    /** Asks by {@code POST}. */
    JsonNode post(String method, ObjectNode body) throws IOException {
        BodyPublisher json = BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        return tree(send(request("/api/2.0/mlflow/" + method)
                .header("Content-Type", "application/json")
                .POST(json)));
    }

    /**
     * Uploads a file through the server.
     *
     * @param path where the server keeps it, with slashes
     */
    void putArtifact(String path, Path file) throws IOException {
        String encoded = Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        send(request("/api/2.0/mlflow-artifacts/artifacts/" + encoded)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofFile(file)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path)).timeout(ANSWER);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private String send(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) { // has no message of its own
            throw new ConnectException("nothing answers there");
        } catch (HttpTimeoutException e) {
            throw new HttpTimeoutException("it does not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before it answered");
        }
        if (response.statusCode() != 200) {
            throw refused(response);
        }
        return response.body();
    }

    private static Refused refused(HttpResponse<String> response) {
        String body = response.body();
        String code = "";
        String message = body;
        try {
            JsonNode error = JSON.readTree(body);
            code = error.path("error_code").asText();
            message = error.path("message").asText(body);
        } catch (JsonProcessingException e) {
            message = body.replaceAll("<[^>]*>", " "); // a proxy's page
        }
        String brief = message.replaceAll("\\s+", " ").strip();
        return new Refused(response.statusCode(), code, brief.substring(0, Math.min(brief.length(), LONGEST_MESSAGE)));
    }

    private static JsonNode tree(String body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("it answers something else than JSON; is it an MLflow server?", e);
        }
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        if (!user.isEmpty()) { // MLflow's clients prefer it too
            String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
    }
}
