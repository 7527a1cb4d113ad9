package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.original.TinyFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trial in several processes that a real mpirun starts; skipped where there is none. */
@Timeout(600)
class JobRunTest {
    private static final String SCRIPT = """
            experiment('job') {
                encoder 'encoder'
                dataDir 'data'
                tasks glue.cola, glue.cola { name 'again' }
                adapter pal { size 6; heads 3 }
                sampler roundRobin()
                train {
                    steps %d; batchSize 7; accumulate %d; maxLength 16
                    optimizer adamW { learningRate 1e-3; epsilon 1e-3 }
                    evaluate { every 4; selectOn dev }
                }
            }
            """;

    /** Looks, ten a second; ranks that wait spin, and a busy machine is slow. */
    private static final int PATIENCE = 1800;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private String said = "";

    @BeforeAll
    static void mpirunIsThere() {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "mpirun"))),
                "there is no mpirun; install openmpi-bin to have this tested");
    }

    @BeforeEach
    void anEncoderAndData() throws IOException {
        TinyEncoderFolder.write(folder.resolve("encoder"));
        Path config = folder.resolve("encoder/config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("{", "{\"hidden_dropout_prob\": 0, \"attention_probs_dropout_prob\": 0, "));
        new TinyFiles(folder).cola(folder.resolve("data"), 40, 20);
        script(12, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = 3)
    void severalProcessesFindWhatOneFinds(int processes) throws Exception {
        assertThat(palette(List.of(), "run", script(), "--out", folder.resolve("one")))
                .as(said)
                .isZero();
        assertThat(mpirun(processes, "run", script(), "--out", folder.resolve("several")))
                .as(said)
                .isZero();

        List<Double> alone = losses(folder.resolve("one"));
        List<Double> together = losses(folder.resolve("several"));
        assertThat(together).hasSize(12).hasSameSizeAs(alone);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(together.get(i)).as("step %d", i + 1).isCloseTo(alone.get(i), within(1e-6));
        }
        // Of the two tasks' adapters and heads, those of the drawn one travel, with everything shared and the loss.
        JsonNode parameters = result(folder.resolve("several")).required("parameters");
        long shared = parameters.required("encoder").asLong();
        long inPlay = shared + (parameters.required("total").asLong() - shared) / 2;
        assertThat(said)
                .contains(String.format(
                        "each of %d ranks brought %,d bytes of gradients and losses",
                        processes, 12 * (inPlay + 1) * Float.BYTES));
        JsonNode provenance = new ObjectMapper()
                .readTree(only(folder.resolve("several"))
                        .resolve("provenance.json")
                        .toFile());
        assertThat(provenance.at("/replicas").asInt()).isEqualTo(processes);
        assertThat(scores(folder.resolve("several"))).isEqualTo(scores(folder.resolve("one")));
    }

    @Test
    void aKilledRankEndsTheJobWhichGoesOnWithAnotherNumberOfRanks() throws Exception {
        script(4000, 1);
        Process job = start(mpirunWords(3), "run", script(), "--set", "checkpoint.steps=20");
        await(() -> hasCheckpoint(only(folder.resolve("runs"))));
        List<ProcessHandle> ranks = job.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .toList();
        assertThat(ranks).hasSize(3);
        ranks.get(1).destroyForcibly();

        assertThat(job.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(job.exitValue()).isNotZero();
        assertThat(Files.readString(folder.resolve("said")))
                .contains("exited on signal 9")
                .contains("rank");

        Process again = start(mpirunWords(2), "run", script(), "--set", "checkpoint.steps=20");
        await(() -> Files.readString(folder.resolve("said")).contains("begun with 3 replicas, it goes on with 2"));
        again.destroy(); // mpirun hands SIGTERM on, and the ranks agree to stop
        assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void ranksThatDisagreeAreToldSo() throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(other);
        Files.writeString(other.resolve("job.groovy"), SCRIPT.formatted(13, 1));
        List<String> words = new ArrayList<>(mpirunWords(1));
        words.addAll(command("run", "job.groovy"));
        words.addAll(List.of(":", "-np", "1", "-wdir", other.toString()));

        assertThat(palette(words, "run", "job.groovy")).isEqualTo(2);

        assertThat(said)
                .contains("the processes of this job cannot work together:")
                .contains("rank 1 on ")
                .contains(" has another job.groovy than rank 0 on ")
                .contains("copy that one");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void launchStartsTheProcessesItself() throws Exception {
        assertThat(palette(
                        List.of(),
                        "launch",
                        "--nproc_per_node",
                        "2",
                        "--nnodes",
                        "1",
                        "run",
                        script(),
                        "--out",
                        folder.resolve("launched")))
                .as(said)
                .isZero();
        assertThat(losses(folder.resolve("launched"))).hasSize(12);

        assertThat(palette(List.of(), "launch", "--nproc_per_node", "2", "--node_rank", "1", "run", script()))
                .isEqualTo(2);
        assertThat(said)
                .contains("this one is started once, and mpirun starts the others: palette launch --nproc_per_node 2");
        assertThat(palette(List.of(), "launch", "--nnodes", "2", "run", script()))
                .isEqualTo(2);
        assertThat(said).contains("--nnodes is 2, but --hosts names 1: localhost");
    }

    private Path script() {
        return folder.resolve("job.groovy");
    }

    private void script(int steps, int accumulate) throws IOException {
        Files.writeString(script(), SCRIPT.formatted(steps, accumulate));
    }

    private int mpirun(int processes, Object... arguments) throws Exception {
        return palette(mpirunWords(processes), arguments);
    }

    private static List<String> mpirunWords(int processes) {
        return List.of("mpirun", "-np", Integer.toString(processes), "--oversubscribe", "--bind-to", "none");
    }

    private int palette(List<String> before, Object... arguments) throws Exception {
        Process process = start(before, arguments);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        said = Files.readString(folder.resolve("said"));
        return process.exitValue();
    }

    private Process start(List<String> before, Object... arguments) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.addAll(command(arguments));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().putAll(Map.of("OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"));
        builder.environment().put("PALETTE_CACHE_DIR", folder.resolve("cache").toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    @AfterEach
    void leaveNothingBehind() {
        started.stream().map(Process::toHandle).filter(ProcessHandle::isAlive).forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private static List<String> command(Object... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "env", // mpirun rewrites the class path of what is called java
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx500m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.offline=true",
                "-DRUST_FLAVOR=cpu",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.palette.cli.Main"));
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        return words;
    }

    private static List<Double> losses(Path runs) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(only(runs).resolve("metrics.jsonl"), StandardCharsets.UTF_8)) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.has("loss")) {
                losses.add(entry.get("loss").asDouble());
            }
        }
        return losses;
    }

    private static JsonNode scores(Path runs) throws IOException {
        return result(runs).required("scores");
    }

    private static JsonNode result(Path runs) throws IOException {
        return new ObjectMapper().readTree(only(runs).resolve("result.json").toFile());
    }

    /** Any: of those by the step's number the older ones go. */
    private static boolean hasCheckpoint(Path run) throws IOException {
        try (Stream<Path> all = Files.list(run.resolve("checkpoints"))) {
            return all.anyMatch(each -> each.getFileName().toString().startsWith("step-"));
        }
    }

    private static Path only(Path runs) throws IOException {
        try (Stream<Path> all = Files.list(runs.resolve("job"))) {
            return all.filter(each -> Files.exists(each.resolve("trial.json")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < PATIENCE; i++) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (NoSuchElementException | NoSuchFileException e) {
                assertThat(i).isLessThan(PATIENCE); // not there yet
            }
            Thread.sleep(100);
        }
        throw new AssertionError("it does not come about");
    }
}
