package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palette.original.TinyFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a real Spark: a standalone master and workers on the loopback device; skipped where SPARK_HOME names none. */
@Tag("faults")
@Timeout(600)
class SparkRunTest {
    private static final Path CLUSTER = Path.of("../src/bench/spark/cluster.sh").toAbsolutePath();

    /** The module of the launcher, which is on nobody's class path. */
    private static final Path MODULE = Path.of("../core/spark/target/classes").toAbsolutePath();

    /** Jackson for Scala, of our Jackson's version; where Maven wrote it down. */
    private static final Path LIBRARIES =
            Path.of("../core/spark/target/class-path").toAbsolutePath();

    /** Palette's program beside an executor logs what it is given. */
    private static final Pattern TRIAL = Pattern.compile("launch\\.Node - trial ([0-9a-f]{16})");

    /** Two variants. */
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
                sweep { grid architecture; seeds 1..%d }
            }
            """;

    @TempDir
    private Path folder;

    private String said = "";

    @BeforeEach
    void aClusterAnEncoderAndData() throws Exception {
        String home = System.getenv("SPARK_HOME");
        assumeTrue(
                home != null && Files.isExecutable(Path.of(home, "bin", "spark-class")),
                "there is no Spark; set SPARK_HOME to a distribution of it to have this tested");
        assumeTrue(
                Files.isRegularFile(LIBRARIES), "core/spark is not built; ./mvnw -pl core/spark -am package does so");
        TinyEncoderFolder.write(folder.resolve("encoder"));
        new TinyFiles(folder).cola(folder.resolve("data"), 40, 20);
        assertThat(cluster("start", "2")).isZero();
    }

    @AfterEach
    void noCluster() throws Exception {
        if (Files.isDirectory(folder.resolve("cluster"))) {
            assertThat(cluster("stop")).isZero();
        }
    }

    @Test
    void aSweepOfTwelveTrialsFindsWhatItFindsHere() throws Exception {
        script(12, 6);
        Path there = folder.resolve("there");
        assertThat(spark("--out", there)).as(said).isZero();
        String summary = said.substring(said.indexOf("12 finished"));

        assertThat(said).contains("runs it as application app-");
        assertThat(palette("run", script(), "--threads", "1", "--out", folder.resolve("here")))
                .as(said)
                .isZero();
        assertThat(said).endsWith(summary);
        SortedMap<String, String> local = lines(folder.resolve("here"), "metrics.jsonl");
        SortedMap<String, String> remote = lines(there, "metrics.jsonl");
        assertThat(remote).hasSize(12).isEqualTo(local);
        assertThat(lines(there, "provenance.json").values())
                .allMatch(made ->
                        made.matches("(?s).*\"cluster\" : \\{.*\"application\" : \"app-.*\"engine\" : \"Spark .*"));
        assertThat(lines(there, "run.log").values()).allMatch(log -> log.contains(" application app-"));
        assertThat(spark("--out", there)).as(said).isZero();
        assertThat(said).contains("0 finished, 12 finished earlier").doesNotContain("runs it as application");
    }

    @Test
    void aKilledExecutorAndAKilledWorkerCostNoFinishedWork() throws Exception {
        script(300, 3);
        Process driver =
                start("run", script(), "--launcher", "spark", "--master", url(), "--set", "checkpoint.steps=10");
        String first = awaitTrialOn("w1");
        assertThat(cluster("executors", "w1")).isZero();
        String executor = Files.readString(folder.resolve("cluster-said"))
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(command("kill", "-9", executor)).isZero();
        await("another start", () -> said().contains("trial " + first + ": Spark says"));
        SortedMap<String, String> before = lines(folder.resolve("runs"), "result.json");
        String second = awaitTrialOn("w2");
        assertThat(cluster("kill", "w2")).isZero();
        assertThat(cluster("worker", "w3")).isZero();

        assertThat(driver.waitFor(400, TimeUnit.SECONDS)).isTrue();
        assertThat(driver.exitValue()).as(said()).isZero();
        assertThat(said()).contains("6 finished, 0 finished earlier, 0 failed");
        assertThat(lines(folder.resolve("runs"), "result.json")).containsAllEntriesOf(before);
        SortedMap<String, String> logs = lines(folder.resolve("runs"), "run.log");
        assertThat(List.of(first, second))
                .allSatisfy(id -> assertThat(logs.get(id))
                        .containsPattern("trial " + id + ", process [^$]*trial " + id + ", process ")
                        .containsPattern("training begins at step [1-9]"));
        assertThat(trialsOn("w3"))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(logs).containsKey(id));
    }

    /** Waits for a trial that has a checkpoint and no result on a worker, where nothing but it can run. */
    private String awaitTrialOn(String worker) throws Exception {
        await("trial on " + worker, () -> isAtWork(worker));
        List<String> trials = trialsOn(worker);
        return trials.get(trials.size() - 1);
    }

    private boolean isAtWork(String worker) throws IOException {
        List<String> trials = trialsOn(worker);
        if (trials.isEmpty()) {
            return false;
        }
        Path run = folder.resolve("runs/sweep").resolve(trials.get(trials.size() - 1));
        return Files.isDirectory(run.resolve("checkpoints/step-20")) && !Files.exists(run.resolve("result.json"));
    }

    /** The trials that a worker's executors were given, in turn, as they log it. */
    private List<String> trialsOn(String worker) throws IOException {
        Path work = folder.resolve("cluster/work-" + worker);
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        List<String> trials = new ArrayList<>();
        try (Stream<Path> logs = Files.find(work, 3, (path, a) -> path.endsWith("stderr"))) {
            for (Path log : logs.sorted().toList()) {
                TRIAL.matcher(Files.readString(log)).results().forEach(found -> trials.add(found.group(1)));
            }
        }
        return trials;
    }

    @Test
    void aSweepWhoseDriverWasKilledGoesOn() throws Exception {
        script(200, 2);
        Process driver =
                start("run", script(), "--launcher", "spark", "--master", url(), "--set", "checkpoint.steps=10");
        await("a result", () -> !lines(folder.resolve("runs"), "result.json").isEmpty());
        driver.destroyForcibly();
        assertThat(driver.waitFor(60, TimeUnit.SECONDS)).isTrue();
        SortedMap<String, String> finished = lines(folder.resolve("runs"), "result.json");

        assertThat(spark("--set", "checkpoint.steps=10")).as(said).isZero();

        assertThat(said).contains("0 failed, 0 not finished").doesNotContain("4 finished, 0 finished earlier");
        assertThat(lines(folder.resolve("runs"), "result.json")).hasSize(4).containsAllEntriesOf(finished);
    }

    @Test
    void aStoppedSweepKeepsItsCheckpoints() throws Exception {
        script(300, 1);
        Process driver =
                start("run", script(), "--launcher", "spark", "--master", url(), "--set", "checkpoint.steps=10");
        await("checkpoints", this::hasCheckpoints);
        driver.destroy();
        assertThat(driver.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(driver.exitValue()).as(said()).isEqualTo(130);
        assertThat(said()).contains("2 not finished").contains("stopped; run the same command again");
    }

    private Path script() {
        return folder.resolve("sweep.groovy");
    }

    private void script(int steps, int seeds) throws IOException {
        Files.writeString(script(), SCRIPT.formatted(steps, steps, seeds));
    }

    private String url() throws IOException {
        return Files.readString(folder.resolve("cluster/url")).strip();
    }

    private int spark(Object... further) throws Exception {
        List<Object> words = new ArrayList<>(List.of("run", script(), "--launcher", "spark", "--master", url()));
        words.addAll(List.of(further));
        return palette(words.toArray());
    }

    private int palette(Object... arguments) throws Exception {
        Process process = start(arguments);
        assertThat(process.waitFor(400, TimeUnit.SECONDS)).isTrue();
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
                "-Dslf4j.internal.verbosity=WARN",
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider"));
        Stream.of("lang", "lang.invoke", "net", "nio", "util", "util.concurrent", "util.concurrent.atomic")
                .forEach(name -> words.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED"));
        words.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        words.add("-cp");
        words.add(classPath());
        words.add("dev.palette.cli.Main");
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("PALETTE_CACHE_DIR", folder.resolve("cache").toString());
        return builder.start();
    }

    /** As ./palette has it: the Parquet library, which brings a little of Hadoop, behind Spark, which brings all of it. */
    private static String classPath() throws IOException {
        Map<Boolean, List<String>> ours = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.partitioningBy(entry -> entry.contains("parquet-floor")));
        List<String> all = new ArrayList<>(
                List.of(MODULE.toString(), Files.readString(LIBRARIES).strip()));
        all.addAll(ours.get(false));
        all.add(Path.of(System.getenv("SPARK_HOME"), "jars", "*").toString());
        all.addAll(ours.get(true));
        return String.join(File.pathSeparator, all);
    }

    private int cluster(String action, String... further) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "bash", CLUSTER.toString(), action, folder.resolve("cluster").toString()));
        words.addAll(List.of(further));
        return command(words.toArray(String[]::new));
    }

    private int command(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("cluster-said").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
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

    /** A file of each run, by the run's name. */
    private static SortedMap<String, String> lines(Path runs, String name) throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        if (!Files.isDirectory(runs)) {
            return all;
        }
        try (Stream<Path> found = Files.find(runs, 3, (path, a) -> path.endsWith(name))) {
            for (Path file : found.toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                all.put(
                        file.getParent().getFileName().toString(),
                        name.equals("metrics.jsonl")
                                ? text.replaceAll(",\"(seconds|tokensPerSecond|joules)\":[^,}]*", "")
                                : text);
            }
        }
        return all;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        for (int i = 0; i < 900; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("there is no " + what);
    }
}
