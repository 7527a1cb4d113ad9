package dev.palette.export;

import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * An MLflow tracking server, by its REST API (version 2.0): an experiment for each of ours, a run for each trial's, with its settings as
 * parameters, its points as metrics, its small files as artifacts.
 *
 * <p>Where the server asks who it is, the environment says so, as with MLflow's own clients: {@code MLFLOW_TRACKING_TOKEN}, or
 * {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}. They are no settings, since settings are shown and copied.
 *
 * @param uri the server, as a browser reaches it
 * @param artifacts whether files are uploaded too
 */
public record Mlflow(String uri, boolean artifacts) implements Export {
    /** Checks the address. */
    public Mlflow {
        server(uri);
    }

    @Override
    public String label() {
        return "MLflow at " + uri;
    }

    @Override
    public Exporter exporter() {
        return new MlflowServer(new MlflowApi(server(uri), System.getenv()), artifacts);
    }

    private static URI server(String uri) {
        try {
            URI server = new URI(uri.strip().replaceFirst("/+$", ""));
            boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
            if (http && server.getHost() != null && server.getUserInfo() == null && server.getQuery() == null) {
                return server;
            }
        } catch (URISyntaxException e) {
            throw refused(uri);
        }
        throw refused(uri);
    }

    private static OptionException refused(String uri) {
        return new OptionException(
                "uri",
                "uri is %s, expected an address such as http://127.0.0.1:5000, without name and password"
                        .formatted(uri));
    }

    /** Options of {@code export.mlflow}. */
    public static final class Options implements Block<Mlflow> {
        private String uri = "http://127.0.0.1:5000"; // where `mlflow server` listens
        private boolean artifacts = true;

        /** The server; {@code http://127.0.0.1:5000} by default, where {@code mlflow server} listens. */
        public Options uri(String value) {
            uri = value;
            return this;
        }

        /** Whether a run's small files are uploaded when it is finished; true by default. */
        public Options artifacts(boolean value) {
            artifacts = value;
            return this;
        }

        @Override
        public Mlflow build() {
            return new Mlflow(uri, artifacts);
        }
    }
}
