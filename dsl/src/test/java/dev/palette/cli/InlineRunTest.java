package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.inference.Palette;
import dev.palette.inference.TrainedModel;
import dev.palette.session.RunnerBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task, an adapter, a sampler and a metric of a script's own, where their code has to go: to workers, into a run, out of it again. */
class InlineRunTest {
    private static final String SCRIPT = """
            def factor = 2
            def soften(sizes, exponent) { sizes.collect { Math.pow(it, exponent) } }

            experiment('own') {
                encoder 'encoder'
                dataDir 'data'
                tasks task('mood') {
                    tsv 'mood/*.tsv'; text 'sentence'; label 'mood'
                    metrics accuracy, metric('agreement') { predicted, expected ->
                        predicted.indices.count { predicted[it] == expected[it] } / predicted.size()
                    }
                }, glue.cola
                adapter('gated', size: 4) {
                    parameters {
                        linear 'down', hidden, size
                        linear 'up', size, hidden
                        vector 'gate', hidden, zero
                    }
                    parallel { h -> up(gelu(down(h))) * sigmoid(gate) * factor }
                }
                sampler('softened') { state -> soften(state.sizes, 1 - state.progress) }
                train {
                    steps 6; batchSize 4; maxLength 16
                    evaluate { every 3; selectOn dev }
                }
            }
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void anEncoderAndData() throws IOException {
        TinyEncoderFolder.write(folder.resolve("encoder"));
        Path mood = Files.createDirectories(folder.resolve("data/mood"));
        Files.writeString(mood.resolve("train.tsv"), "sentence\tmood\n" + rows(24, "the %2$s %3$s .\t%1$s\n"));
        Files.writeString(mood.resolve("dev.tsv"), "sentence\tmood\n" + rows(10, "the %2$s %3$s .\t%1$s\n"));
        Path cola = Files.createDirectories(folder.resolve("data/CoLA"));
        Files.writeString(cola.resolve("train.tsv"), rows(16, "made\t%4$d\t\tthe %2$s %3$s .\n"));
        Files.writeString(cola.resolve("dev.tsv"), rows(8, "made\t%4$d\t\tthe %2$s %3$s .\n"));
        Files.writeString(folder.resolve("own.groovy"), SCRIPT);
    }

    @Test
    void itRunsInWorkersAsInOneProcessIsResumedWithoutItsScriptAndPredicts() throws IOException {
        assertThat(run("workers")).as("%s", err).isZero();
        assertThat(run("here", "--in-process")).as("%s", err).isZero();
        Path inWorkers = only(folder.resolve("workers/own"));
        Path here = folder.resolve("here/own").resolve(inWorkers.getFileName());
        assertThat(scores(inWorkers)).contains("agreement").isEqualTo(scores(here));

        assertThat(exportedAndPlanned(inWorkers)).contains("nothing is left to run");

        String before = scores(here);
        Files.delete(folder.resolve("own.groovy"));
        Files.delete(here.resolve("result.json"));
        assertThat(execute("resume", here, "--data", folder.resolve("data"), "--set", "cache.dir=" + cache()))
                .as("%s", err)
                .isZero();
        assertThat(scores(here)).isEqualTo(before);

        try (TrainedModel model = Palette.load(inWorkers)) {
            assertThat(model.task("mood").predict("the cat runs .").text()).isIn("good", "bad");
        }
    }

    /** The plan of the script that the run is exported to; it has what the run's script had defined. */
    private String exportedAndPlanned(Path run) throws IOException {
        CommandRun exported = CommandRun.of("export", run);
        assertThat(exported.err()).isEmpty();
        assertThat(exported.out())
                .contains("def factor = 2\n", "def soften(sizes, exponent) {", "    adapter('gated', size: 4) {\n")
                .contains("metric('agreement') { predicted, expected ->");
        Path again = Files.writeString(folder.resolve("again.groovy"), exported.out());
        CommandRun plan = CommandRun.of(
                "run",
                again,
                "--dry-run",
                "--out",
                folder.resolve("workers"),
                "--set",
                "data.dir=" + folder.resolve("data"));
        assertThat(plan.code()).as(plan.err()).isZero();
        return plan.out();
    }

    private int run(String runs, String... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "run", folder.resolve("own.groovy"), "--out", folder.resolve(runs), "--set", "cache.dir=" + cache()));
        arguments.addAll(Arrays.asList(more));
        return execute(arguments.toArray());
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private int execute(Object... arguments) {
        return Main.commandLine(new RunnerBackend())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    private static String scores(Path run) throws IOException {
        return new ObjectMapper()
                .readTree(run.resolve("result.json").toFile())
                .required("scores")
                .toString();
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(run -> Files.exists(run.resolve("result.json")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Rows of mood, subject, verb and class. */
    private static String rows(int n, String row) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < n; i++) {
            String mood = i % 3 == 0 ? "bad" : "good";
            rows.append(row.formatted(mood, i % 3 == 0 ? "dog" : "cat", i % 2 == 0 ? "runs" : "sleeps", i % 2));
        }
        return rows.toString();
    }
}
