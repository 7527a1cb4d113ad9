package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.report.SampleRuns;
import dev.palette.session.RunnerBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that show runs as pages and as they go: report and watch. */
class ReportCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aReportLiesBesideTheRunsOfItsExperiment() throws IOException {
        SampleRuns sample = SampleRuns.grid(folder);
        sample.finish(sample.trials(1).subList(0, 4));

        assertThat(execute("report", folder)).isZero();

        Path file = folder.resolve(SampleRuns.NAME).resolve("report.html");
        assertThat(out.toString()).startsWith(file + ": 4 runs, ");
        assertThat(Files.readString(file)).startsWith("<!doctype html>").contains("<title>sample · Palette</title>");
    }

    @Test
    void outNamesTheFile() {
        SampleRuns sample = SampleRuns.grid(folder);
        sample.finish(sample.trials(1).subList(0, 2));
        Path file = folder.resolve("new").resolve("mine.html");

        assertThat(execute("report", "sample", "--set", "out=" + folder, "--out", file))
                .isZero();

        assertThat(file).isRegularFile();
    }

    @Test
    void withoutRunsThereIsNothingToReport() {
        assertThat(execute("report", folder)).isEqualTo(2);
        assertThat(err.toString()).startsWith("no runs to report on in " + folder);
        assertThat(execute("watch", "--once", folder)).isEqualTo(2);
        assertThat(err.toString()).contains("no runs to watch in " + folder);
    }

    @Test
    void watchOnceSaysHowThingsStandAndEnds() {
        SampleRuns sample = SampleRuns.grid(folder);
        sample.finish(sample.trials(1).subList(0, 4));

        assertThat(execute("watch", "--once", folder)).isZero();

        assertThat(out.toString())
                .startsWith("sample: 4 of 4 runs finished, 0 running")
                .contains("best so far, average.glue × 100:");
    }

    @Test
    void aPortIsANumberThatPortsHave() {
        assertThat(execute("watch", "--web", "--port", "70000", folder)).isEqualTo(2);
        assertThat(err.toString()).startsWith("--port is 70000");
    }

    private int execute(Object... arguments) {
        String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        CommandLine line = Main.commandLine(new RunnerBackend(), texts);
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(texts);
    }
}
