package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A dry run of a hundred trials in a process of its own, which says what it loads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepProcessTest {
    private List<String> printed = List.of();
    private List<String> loaded = List.of();

    @BeforeAll
    void aDryRun(@TempDir Path folder) throws IOException, InterruptedException {
        Path script =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("src/bench/sweep100.groovy");
        Path classes = folder.resolve("classes.txt");
        File out = folder.resolve("out.txt").toFile();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=" + classes + "::filecount=0",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "run",
                        script.toString(),
                        "--dry-run")
                .directory(folder.toFile())
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        printed = Files.readAllLines(out.toPath());
        try (Stream<String> lines = Files.lines(classes)) { // [0.015s][info][class,load] java.lang.Object source: …
            loaded = lines.map(line -> line.replaceFirst("^.*\\] (\\S+) source.*", "$1"))
                    .toList();
        }
    }

    @Test
    void itListsAHundredTrials() {
        assertThat(printed).first().isEqualTo("sweep100: 100 trials, 60,000 steps each");
        assertThat(printed).filteredOn(line -> line.contains(" parameters, ")).hasSize(100);
        assertThat(printed)
                .filteredOn(line -> line.startsWith("  PALs(204), annealed"))
                .hasSize(5);
    }

    @Test
    void itLoadsNoEngineNoTokenizerAndNoCommandButItsOwn() {
        assertThat(loaded).contains("dev.palette.cli.RunCommand", "dev.palette.adapter.Pal");
        assertThat(loaded)
                .filteredOn(Pattern.compile("ai\\.djl\\.(engine|pytorch|huggingface)\\..*|com\\.sun\\.jna\\..*"
                                + "|dev\\.palette\\.kernel\\.Kernel|dev\\.palette\\.cli\\.PredictCommand")
                        .asMatchPredicate())
                .isEmpty();
    }
}
