package dev.palette.export;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import dev.palette.result.Parameters;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.result.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run that a test writes line by line, as a trial would. Each step takes half a second. */
record LoggedRun(RunDirectory directory, Trial trial) {
    /** Begins the first trial of the example: shared, annealed, seed 1, on CoLA and MRPC. */
    static LoggedRun begin(Path out) {
        return begin(out, Examples.experiment().trials().get(0));
    }

    static LoggedRun begin(Path out, Trial trial) {
        RunDirectory directory = RunDirectory.of(out, "pals", trial);
        directory.open(Provenance.present(trial, "cpu", "matmul", 2, "aaaa", Map.of("cola/train", "bbbb")));
        return new LoggedRun(directory, trial);
    }

    Path folder() {
        return directory.folder();
    }

    StoredRun stored() {
        return new StoredRun(folder());
    }

    ExportedRun exported() {
        return ExportedRun.read(stored());
    }

    /** Logs steps, whose loss is their number over a hundred. */
    LoggedRun steps(int from, int to) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int step = from; step <= to; step++) {
            lines.add("{\"step\":%d,\"task\":\"cola\",\"loss\":%s,\"tokens\":9,\"seconds\":0.5}"
                    .formatted(step, step / 100.0));
        }
        return log(lines);
    }

    /** Logs an evaluation. */
    LoggedRun evaluation(int step, double matthews) throws IOException {
        return log(List.of("{\"step\":%d,\"selection\":{\"cola\":{\"matthews\":%s}},\"average\":%s,\"best\":true}"
                .formatted(step, matthews, matthews)));
    }

    LoggedRun log(List<String> lines) throws IOException {
        Files.write(directory.metrics(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return this;
    }

    /** Drops what was logged after some lines, as a run does that goes back to a checkpoint. */
    LoggedRun goBackTo(int lines) throws IOException {
        Path shorter = folder().resolve("shorter");
        Files.write(shorter, Files.readAllLines(directory.metrics()).subList(0, lines));
        Files.move(shorter, directory.metrics(), StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** Finishes it with a Matthews correlation of 0.5 on dev. */
    LoggedRun finish() {
        directory.finish(RunResult.of(
                trial,
                List.of(new Score("cola", "dev", "matthews", 0.5)),
                List.of(),
                new Parameters(110, 100),
                40,
                List.of("memory did not suffice"),
                20,
                2_000_000));
        return this;
    }
}
