package dev.palette.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MlflowTest {
    @TempDir
    private Path out;

    private TrackingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TrackingServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFinishedRunIsThereWithItsSettingsMetricsAndResult() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 2).evaluation(2, 0.25).finish();
        export(run);

        TrackingServer.Run there = only();
        assertThat(there.info.get("run_name").asText()).isEqualTo("shared, annealed, seed 1");
        assertThat(there.info.get("start_time").asLong())
                .isEqualTo(run.exported().started().toEpochMilli());
        assertThat(there.info.get("end_time").asLong())
                .isEqualTo(run.exported().started().toEpochMilli() + 20_000);
        assertThat(there.status()).isEqualTo("FINISHED");
        assertThat(there.params)
                .containsEntry("adapter", "shared")
                .containsEntry("seed", "1")
                .containsEntry("sampling.from", "1.0")
                .containsEntry("tasks", "cola, mrpc")
                .containsEntry("tasks.1.layout", "mrpc");
        assertThat(there.tags)
                .containsEntry("palette.trial", run.trial().id())
                .containsEntry("mlflow.note.content", "memory did not suffice");
        assertThat(there.history("train/cola.loss")).containsExactly("1=0.01", "2=0.02");
        assertThat(there.history("selection/cola.matthews")).containsExactly("2=0.25");
        assertThat(there.history("dev/cola.matthews")).containsExactly("40=0.5");
    }

    @Test
    void itsSmallFilesAreArtifactsAndItsCheckpointsAreNot() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 2).finish();
        Files.writeString(Files.createDirectories(run.directory().predictions()).resolve("cola-dev.tsv"), "index\n");
        Files.writeString(Files.createDirectories(run.directory().checkpoints()).resolve("weights"), "large");
        Files.writeString(run.folder().resolveSibling("experiment.json"), "{}");
        export(run);

        assertThat(server.artifacts)
                .containsOnlyKeys(
                        "1/run0/artifacts/experiment.json",
                        "1/run0/artifacts/metrics.jsonl",
                        "1/run0/artifacts/predictions/cola-dev.tsv",
                        "1/run0/artifacts/provenance.json",
                        "1/run0/artifacts/result.json",
                        "1/run0/artifacts/trial.json");
        assertThat(server.artifacts.get("1/run0/artifacts/trial.json"))
                .isEqualTo(Files.readAllBytes(run.folder().resolve("trial.json")));
    }

    @Test
    void artifactsThatTheServerDoesNotTakeStayWhereTheyAre() throws IOException {
        server.artifactRoot = "s3://bucket/";
        export(LoggedRun.begin(out).steps(1, 2).finish());
        assertThat(server.artifacts).isEmpty();
        assertThat(only().status()).isEqualTo("FINISHED");
    }

    @Test
    void artifactsCanBeLeftOut() throws IOException {
        LoggedRun run = LoggedRun.begin(out).finish();
        Mlflow without = new Mlflow.Options().uri(server.uri()).artifacts(false).build();
        new CatchUp(without).export(List.of(run.folder()), folder -> {});
        assertThat(server.artifacts).isEmpty();
    }

    @Test
    void whatIsThereIsNotSentAgain() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 3);
        export(run);
        assertThat(only().status()).as("nobody works on it").isEqualTo("KILLED");
        run.steps(4, 5).finish();
        server.requests.clear();
        export(run);
        assertThat(only().history("train/cola.loss")).hasSize(5);
        assertThat(only().status()).isEqualTo("FINISHED");

        server.requests.clear();
        export(run);
        assertThat(server.requests)
                .containsExactly("GET /api/2.0/mlflow/experiments/get-by-name", "POST /api/2.0/mlflow/runs/search");
    }

    @Test
    void whatIsSentTwiceIsThereOnce() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 3);
        export(run);
        only().tags.remove("palette.position"); // as if the answer had been lost
        export(run);
        assertThat(only().history("train/cola.loss")).containsExactly("1=0.01", "2=0.02", "3=0.03");
    }

    @Test
    void aRunThatGoesOnAfterAnEarlierStepKeepsBothValues() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 3);
        export(run);
        run.goBackTo(2).log(List.of("{\"step\":3,\"task\":\"cola\",\"loss\":0.5,\"tokens\":9,\"seconds\":0.25}"));
        export(run);
        assertThat(only().history("train/cola.loss")).containsExactly("1=0.01", "2=0.02", "3=0.03", "3=0.5");
    }

    @Test
    void aTrialThatIsRunOnOtherDataIsAnotherRun() throws IOException {
        LoggedRun first = LoggedRun.begin(out).steps(1, 3).finish();
        export(first);
        RunDirectory again = RunDirectory.of(out, "pals", first.trial());
        again.open(onOtherData(first.directory().provenance()));
        export(new LoggedRun(again, first.trial()).steps(1, 2).finish());

        assertThat(server.runs).hasSize(2);
        assertThat(server.runs.get(1).history("train/cola.loss")).hasSize(2);
    }

    private static Provenance onOtherData(Provenance earlier) {
        return new Provenance(
                Instant.parse(earlier.started()).plusSeconds(60).toString(),
                earlier.palette(),
                earlier.commit(),
                earlier.libraries(),
                earlier.java(),
                earlier.system(),
                earlier.processor(),
                earlier.device(),
                earlier.kernels(),
                earlier.threads(),
                earlier.replicas(),
                earlier.seed(),
                earlier.weights(),
                new TreeMap<>(Map.of("cola/train", "cccc")),
                earlier.numerics(),
                earlier.cluster());
    }

    @Test
    void aLongLogIsSentInRequestsThatTheServerTakes() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 2_500).finish();
        export(run);
        assertThat(only().history("train/cola.loss")).hasSize(2_500);
    }

    @Test
    void numbersThatAreNoneAreSentAsProtocolBuffersWriteThem() throws IOException {
        LoggedRun run = LoggedRun.begin(out)
                .log(List.of(
                        "{\"step\":1,\"task\":\"cola\",\"loss\":\"NaN\",\"tokens\":\"Infinity\",\"seconds\":0.5}"));
        export(run);
        assertThat(only().history("train/cola.loss")).containsExactly("1=NaN");
        assertThat(only().history("train/tokens")).containsExactly("1=Infinity");
    }

    @Test
    void aServerThatComesBackWhileTrainingGoesOnGetsEverything() throws Exception {
        int port = server.port();
        server.close();
        LoggedRun run = LoggedRun.begin(out).steps(1, 3);
        try (ExportThread thread = new ExportThread(
                List.of(new Mlflow.Options().uri("http://127.0.0.1:" + port).build()))) {
            thread.follow(run.folder());
            awaitNotice(
                    thread, "cannot export to MLflow at http://127.0.0.1:%d: nothing answers there;".formatted(port));
            run.steps(4, 6).finish();
            server = new TrackingServer(port);
        }
        assertThat(only().history("train/cola.loss")).hasSize(6);
        assertThat(only().status()).isEqualTo("FINISHED");
    }

    @Test
    void aServerThatFailsHalfWayIsSentTheRestLater() throws IOException {
        LoggedRun run = LoggedRun.begin(out).steps(1, 3).finish();
        server.failing = "mlflow-artifacts";
        server.failure = 503;
        assertThatThrownBy(() -> export(run))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("it answers 503 INTERNAL_ERROR: asked to fail");
        server.failure = 0;
        export(run);
        assertThat(only().status()).isEqualTo("FINISHED");
        assertThat(server.artifacts).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aServerThatWantsANameSaysHowToGiveIt(int status) throws IOException {
        LoggedRun run = LoggedRun.begin(out);
        server.failure = status;
        assertThatThrownBy(() -> export(run))
                .hasMessageContaining("set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and");
    }

    @Test
    void theEnvironmentSaysWhoItIs() throws IOException {
        URI uri = URI.create(server.uri());
        new MlflowApi(uri, Map.of("MLFLOW_TRACKING_TOKEN", "abc")).post("experiments/create", named("a"));
        new MlflowApi(uri, Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "pass"))
                .post("experiments/create", named("b"));
        new MlflowApi(uri, Map.of()).post("experiments/create", named("c"));
        assertThat(server.authorizations).containsExactly("Bearer abc", "Basic bWU6cGFzcw==", "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:5000",
                "ftp://localhost",
                "http://",
                "http://me:pass@host",
                "http://a b",
                "file:///x"
            })
    void anAddressThatIsNoServersIsRefused(String uri) {
        assertThatThrownBy(() -> new Mlflow.Options().uri(uri).build())
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("uri is " + uri + ", expected an address such as http://127.0.0.1:5000");
    }

    private static ObjectNode named(String name) {
        return MlflowApi.object().put("name", name);
    }

    private static void awaitNotice(ExportThread thread, String beginning) throws InterruptedException {
        List<String> notices = thread.notices();
        while (notices.isEmpty()) {
            Thread.sleep(20);
            notices = thread.notices();
        }
        assertThat(notices).singleElement().asString().startsWith(beginning);
    }

    private TrackingServer.Run only() {
        assertThat(server.runs).hasSize(1);
        return server.runs.get(0);
    }

    private void export(LoggedRun run) {
        Mlflow mlflow = new Mlflow.Options().uri(server.uri()).build();
        new CatchUp(mlflow, Duration.ofMillis(1)).export(List.of(run.folder()), folder -> {});
    }
}
