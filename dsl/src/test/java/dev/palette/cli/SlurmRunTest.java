package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.original.TinyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a real Slurm: a controller and a node on the loopback device; skipped where Slurm is not installed. */
@Tag("faults")
@Timeout(600)
class SlurmRunTest {
    private static final Path CLUSTER = Path.of("../src/bench/slurm/cluster.sh").toAbsolutePath();
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Two variants with two seeds. */
    private static final String SCRIPT = """
        def architecture = choice('architecture', shared(), pal { size 6; heads 3 })
        experiment('sweep') {
            encoder 'encoder'
            dataDir 'data'
            tasks glue.cola
            adapter architecture
            sampler roundRobin()
            train {
                steps %d; batchSize 7; maxLength 16
                optimizer adamW { learningRate 1e-3 }
                evaluate { every %d; selectOn dev }
            }
            run { slurm { pollSeconds 1; cpusPerTask %d } }
            sweep { %s }
        }
        """;

    @TempDir
    private static Path cluster;

    @TempDir
    private Path folder;

    private String said = "";

    @BeforeAll
    static void aCluster() throws Exception {
        assumeTrue(
                Stream.of("/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged", "/usr/bin/sbatch")
                        .allMatch(program -> Files.isExecutable(Path.of(program))),
                "there is no Slurm; install slurmctld, slurmd, slurm-client and munge to have this tested");
        assumeTrue(System.getProperty("user.name").equals("root"), "slurmd needs root");
        assertThat(cluster("start")).isZero();
    }

    @AfterAll
    static void noCluster() throws Exception {
        if (Files.exists(cluster.resolve("slurm.conf"))) {
            assertThat(cluster("stop")).isZero();
        }
    }

    @BeforeEach
    void anEncoderAndData() throws IOException {
        TinyEncoderFolder.write(folder.resolve("encoder"));
        new TinyFiles(folder).cola(folder.resolve("data"), 40, 20);
    }

    @AfterEach
    void nothingIsLeftInTheQueue() throws Exception {
        await("an empty queue", () -> queue().isEmpty());
    }

    @Test
    void aSweepFindsWhatItFindsHere() throws Exception {
        script(12, 1, "grid architecture; seeds 1..2");
        Path there = folder.resolve("there");
        assertThat(slurm("--out", there)).as(said).isZero();
        String summary = said.substring(said.indexOf("4 finished"));

        assertThat(said).contains("Slurm has 4 trials as job ");
        assertThat(there.resolve("sweep/.slurm")).doesNotExist();
        assertThat(palette("run", script(), "--threads", "1", "--out", folder.resolve("here")))
                .as(said)
                .isZero();
        assertThat(said).endsWith(summary);
        SortedMap<String, List<Double>> local = losses(folder.resolve("here"));
        SortedMap<String, List<Double>> remote = losses(there);
        assertThat(remote.keySet()).hasSize(4).isEqualTo(local.keySet());
        local.forEach((trial, losses) -> IntStream.range(0, 12)
                .forEach(i -> assertThat(remote.get(trial).get(i)).isCloseTo(losses.get(i), within(1e-5))));
        assertThat(slurm("--out", there)).as(said).isZero();
        assertThat(said).contains("0 finished, 4 finished earlier").doesNotContain("Slurm has");
    }

    @Test
    void aPreemptedTrialGoesOnFromItsCheckpointAndSoDoesOneWhoseNodeFailed() throws Exception {
        script(200, PROCESSORS, "seeds 1");
        onlyWith("shared()");
        Process driver = start("run", script(), "--launcher", "slurm", "--set", "checkpoint.steps=10");
        await("checkpoints", this::hasCheckpoints);
        assertThat(command("sbatch", "--partition=urgent", "--exclusive", "--output=/dev/null", "--wrap=sleep 2"))
                .isZero();
        await("preemption", () -> said().contains("Slurm took it off its node"));
        await("training that goes on", () -> trainings("training begins at step [1-9]") == 1);

        assertThat(cluster("kill", "n1")).isZero();
        await("the node's failure", () -> queue().stream().noneMatch(line -> line.contains("RUNNING")));
        assertThat(cluster("node", "n1")).isZero();

        assertThat(driver.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(driver.exitValue()).as(said()).isZero();
        assertThat(trainings("training begins at step [0-9]")).isEqualTo(3);
        assertThat(trainings("training begins at step [1-9]")).isEqualTo(2);
        assertThat(losses(folder.resolve("runs")).values())
                .singleElement()
                .satisfies(losses -> assertThat(losses).hasSize(200));
    }

    @Test
    void aStoppedSweepLeavesTheQueueAndTheNextRunGoesOn() throws Exception {
        script(120, PROCESSORS, "grid architecture; seeds 1");
        Process driver = start("run", script(), "--launcher", "slurm", "--set", "checkpoint.steps=10");
        await("checkpoints", this::hasCheckpoints);
        driver.destroy();
        assertThat(driver.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(driver.exitValue()).as(said()).isEqualTo(130);
        assertThat(said()).contains("2 not finished").contains("stopped; run the same command again");
        await("an empty queue", () -> queue().isEmpty());
        assertThat(slurm()).as(said).isZero();
        assertThat(said).contains("2 finished");
        assertThat(trainings("training begins at step [1-9]")).isEqualTo(1);
    }

    @Test
    void aSweepGoesOnWithoutItsDriverAndIsFoundAgain() throws Exception {
        script(120, PROCESSORS, "grid architecture; seeds 1");
        Process driver = start("run", script(), "--launcher", "slurm", "--set", "checkpoint.steps=10");
        await("checkpoints", this::hasCheckpoints);
        driver.destroyForcibly();
        assertThat(driver.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> before = queue();
        assertThat(before).isNotEmpty();

        assertThat(slurm()).as(said).isZero();

        assertThat(said)
                .contains("trials that Slurm has from an earlier start")
                .contains("0 failed, 0 not finished")
                .doesNotContain(" as job ");
    }

    @Test
    void aSearchStopsTrialsThatDoPoorly() throws Exception {
        script(40, 1, "random 3; seeds 1; stopEarly asha { from 10; reduction 2 }");
        onlyWith("lowRank { size integer('size', 2, 9) }");
        Files.writeString(
                script(),
                Files.readString(script()).replace("every 40; selectOn dev", "every 10; selectOn holdout(0.25)"));

        assertThat(slurm()).as(said).isZero();

        assertThat(said).contains("0 failed, 0 not finished");
    }

    @Test
    void whatSlurmRefusesIsSaidInItsWords() throws Exception {
        script(12, 1, "seeds 1");
        onlyWith("shared()");

        assertThat(slurm("--set", "run.slurm.partition=nowhere")).isEqualTo(2);
        assertThat(said).contains("Slurm refuses the trials").contains("invalid partition specified: nowhere");
        assertThat(folder.resolve("runs/sweep/.slurm")).doesNotExist();

        assertThat(slurm("--set", "run.slurm.patrition=batch")).isEqualTo(2);
        assertThat(said).contains("run.slurm.patrition").contains("did you mean 'run.slurm.partition'?");

        assertThat(slurm("--set", "run.slurm.gres=gpu:1")).isEqualTo(2);
        assertThat(said).contains("Invalid generic resource (gres) specification");

        assertThat(slurm("--set", "run.slurm.wrapper=" + folder.resolve("no-wrapper"), "--set", "run.retries=0"))
                .isEqualTo(1);
        assertThat(said).contains("its job ended with code 127 (job ");
    }

    private Path script() {
        return folder.resolve("sweep.groovy");
    }

    private void script(int steps, int processors, String sweep) throws IOException {
        Files.writeString(script(), SCRIPT.formatted(steps, steps, processors, sweep));
    }

    private void onlyWith(String adapter) throws IOException {
        Files.writeString(
                script(),
                Files.readString(script())
                        .replaceFirst("def architecture.*", "")
                        .replace("adapter architecture", "adapter " + adapter));
    }

    private int slurm(Object... further) throws Exception {
        List<Object> words = new ArrayList<>(List.of("run", script(), "--launcher", "slurm"));
        words.addAll(List.of(further));
        return palette(words.toArray());
    }

    private int palette(Object... arguments) throws Exception {
        Process process = start(arguments);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        said = said();
        return process.exitValue();
    }

    private Process start(Object... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
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
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("SLURM_CONF", cluster.resolve("slurm.conf").toString());
        builder.environment().put("PALETTE_CACHE_DIR", folder.resolve("cache").toString());
        return builder.start();
    }

    private static int cluster(String action, String... further) throws Exception {
        List<String> words = new ArrayList<>(List.of("bash", CLUSTER.toString(), action, cluster.toString()));
        words.addAll(List.of(further));
        return command(words.toArray(String[]::new));
    }

    private static int command(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(cluster.resolve("said").toFile());
        builder.environment().put("SLURM_CONF", cluster.resolve("slurm.conf").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** A line for each job that has not ended. */
    private static List<String> queue() throws Exception {
        assertThat(command("squeue", "--noheader", "--format=%i %T")).isZero();
        return Files.readAllLines(cluster.resolve("said"));
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }

    private boolean hasCheckpoints() throws IOException {
        try (Stream<Path> runs = Files.isDirectory(folder.resolve("runs"))
                ? Files.find(folder.resolve("runs"), 4, (path, a) -> path.endsWith("step-20"))
                : Stream.empty()) {
            return runs.findAny().isPresent();
        }
    }

    /** How many lines of the trials' logs say that training begins so. */
    private long trainings(String pattern) throws IOException {
        long count = 0;
        try (Stream<Path> logs = Files.find(folder.resolve("runs/sweep"), 2, (path, a) -> path.endsWith("run.log"))) {
            for (Path log : logs.toList()) {
                count += Pattern.compile(pattern)
                        .matcher(Files.readString(log))
                        .results()
                        .count();
            }
        }
        return count;
    }

    private static SortedMap<String, List<Double>> losses(Path runs) throws IOException {
        SortedMap<String, List<Double>> all = new TreeMap<>();
        try (Stream<Path> found = Files.find(runs, 3, (path, a) -> path.endsWith("metrics.jsonl"))) {
            for (Path file : found.toList()) {
                List<Double> losses = new ArrayList<>();
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    JsonNode entry = new ObjectMapper().readTree(line);
                    if (entry.has("loss")) {
                        losses.add(entry.get("loss").asDouble());
                    }
                }
                all.put(file.getParent().getFileName().toString(), losses);
            }
        }
        return all;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        for (int i = 0; i < 1200; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("there is no " + what);
    }
}
