package dev.palette.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The small files of a finished run and of its experiment, uploaded through the MLflow server, which is how a server takes them that was started with {@code
 * --serve-artifacts}, as it is by default. One that leaves artifacts to its clients, in a bucket say, has none of ours: their clients'
 * credentials are nothing that we have.
 *
 * @param run the run's folder
 * @param uri where the server says that the run's artifacts are
 */
record MlflowArtifacts(MlflowApi api, Path run, String uri) {
    private static final List<String> FILES =
            List.of("trial.json", "provenance.json", "result.json", "metrics.jsonl", "run.log");
    private static final String EXPERIMENT = "experiment.json"; // beside the run; has the script
    private static final String SCHEME = "mlflow-artifacts:";
    private static final String PREDICTIONS = "predictions";

    /** Uploads them; those that are there are replaced. */
    void upload() throws IOException {
        Optional<String> folder = folder();
        if (folder.isPresent()) {
            for (Map.Entry<String, Path> file : files().entrySet()) {
                api.putArtifact(folder.get() + "/" + file.getKey(), file.getValue());
            }
        }
    }

    /** {@code mlflow-artifacts:/0/<run>/artifacts}, or with a server's name, as that server's path. */
    private Optional<String> folder() {
        return uri.startsWith(SCHEME)
                ? Optional.of(uri.substring(SCHEME.length())
                        .replaceFirst("^//[^/]*", "")
                        .replaceFirst("^/+", "")
                        .replaceFirst("/+$", ""))
                : Optional.empty();
    }

    /** By their names there. */
    private SortedMap<String, Path> files() throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        FILES.forEach(name -> files.put(name, run.resolve(name)));
        files.put(EXPERIMENT, run.resolveSibling(EXPERIMENT));
        Path predictions = run.resolve(PREDICTIONS);
        if (Files.isDirectory(predictions, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> entries = Files.list(predictions)) {
                entries.forEach(file -> files.put(PREDICTIONS + "/" + file.getFileName(), file));
            }
        }
        files.values().removeIf(file -> !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
        return files;
    }
}
