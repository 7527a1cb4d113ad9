package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.original.TinyFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.RunDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A script with a model of the hub, by processes that know its cache from environment variables and may ask nobody. The cache is laid out
 * as Python's {@code huggingface_hub} 2.4 does.
 */
class HubEncoderRunsTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String LATER = "89abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private Path script;
    private Path model;

    @BeforeEach
    void aCacheDataAndAScript() throws IOException {
        model = folder.resolve("hugging/hub/models--org--tiny");
        Path encoder = folder.resolve("encoder");
        TinyEncoderFolder.write(encoder);
        Path snapshot = Files.createDirectories(model.resolve("snapshots").resolve(COMMIT));
        Path blobs = Files.createDirectories(model.resolve("blobs"));
        for (String name : List.of("config.json", "vocab.txt", "model.safetensors")) {
            Files.move(encoder.resolve(name), blobs.resolve("etag-of-" + name));
            Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs/etag-of-" + name));
        }
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), COMMIT);
        new TinyFiles(folder).cola(folder.resolve("data"), 24, 8);
        script = Files.writeString(folder.resolve("tiny.groovy"), """
                experiment('tiny') {
                    encoder hub('org/tiny')
                    dataDir 'data'
                    tasks glue.cola
                    adapter shared()
                    sampler proportional()
                    train { steps 4; batchSize 4; maxLength 16 }
                    run { inProcess true }
                }
                """);
    }

    private String palette(int code, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D") || argument.startsWith("-Xmx"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.palette.cli.Main"));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        Path log = folder.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HF_") || name.startsWith("HUGGING"));
        environment.put("HF_HOME", folder.resolve("hugging").toString());
        environment.put("HF_HUB_OFFLINE", "1");
        environment.put("HF_TOKEN", "hf_secret");
        environment.put("PALETTE_CACHE_DIR", folder.resolve("cache").toString());
        environment.put("PALETTE_OUT", folder.resolve("runs").toString());
        Process process = builder.directory(folder.toFile()).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(log);
        assertThat(process.exitValue()).as(text).isEqualTo(code);
        return text;
    }

    @Test
    void anExperimentRunsAndStaysAtTheCommitWithWhichItWasBegun() throws IOException, InterruptedException {
        palette(0, "run", script);
        Path run = onlyRun();
        Trial trial = RunDirectory.trial(run, Vocabulary.installed());
        assertThat(trial.encoder()).isEqualTo(EncoderSource.hub("org/tiny", COMMIT));
        Files.writeString(model.resolve("refs/main"), LATER); // which is not in the cache

        assertThat(palette(0, "run", script, "--dry-run")).contains("finished");
        palette(0, "run", script);
        assertThat(onlyRun()).isEqualTo(run);
        assertThat(palette(0, "export", run)).contains("encoder hub('org/tiny', revision: '" + COMMIT + "')\n");
        assertThat(palette(
                        0,
                        "rerun",
                        run,
                        "--to",
                        folder.resolve("again"),
                        "--data",
                        folder.resolve("data"),
                        "--set",
                        "run.inProcess=true"))
                .contains("the numbers are the same to the last bit");

        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".safetensors")))
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain("hf_secret"));
        }
    }

    @Test
    void aModelThatIsNotThereIsTheScriptsMistake() throws IOException, InterruptedException {
        Files.writeString(
                script, Files.readString(script).replace("hub('org/tiny')", "hub('org/tiny', revision: 'v2')"));

        assertThat(palette(2, "run", script))
                .contains("tiny.groovy:2:", "org/tiny at v2 is not whole in ", "HF_HUB_OFFLINE", "--revision v2");
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("runs/tiny"))) {
            List<Path> runs =
                    all.filter(path -> Files.exists(path.resolve("trial.json"))).toList();
            assertThat(runs).hasSize(1);
            return runs.get(0);
        }
    }
}
