package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.export.Csv;
import dev.palette.export.Export;
import dev.palette.export.Mlflow;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that train for real, and what of them is exported. */
class ExportedTrialsTest {
    @TempDir
    private Path folder;

    @Test
    void whatTrialsLogIsExportedAndAnUnreachableServerStopsNone() throws IOException {
        TinyExperiment tiny = TinyExperiment.write(folder);
        Experiment experiment = tiny.experiment();
        Recorder recorder = new Recorder();
        List<Export> exports = List.of(
                new Csv(null), new Mlflow.Options().uri("http://127.0.0.1:1").build());
        RunSummary summary;
        try (ExportedTrials exported = new ExportedTrials(exports, folder.resolve("out"), "tiny", recorder)) {
            summary = TinyExperiment.run(experiment, tiny.options("out"), new StopSignal(), exported);
        }

        assertThat(summary.finished()).hasSize(2);
        for (Trial trial : experiment.trials()) {
            assertThat(rows(trial))
                    .filteredOn(row -> row.contains(",train,") && row.contains(".loss,"))
                    .hasSize(TinyExperiment.STEPS);
            assertThat(rows(trial)).anyMatch(row -> row.contains(",dev,cola.matthews,"));
        }
        assertThat(recorder.messages)
                .filteredOn(notice -> notice.contains("MLflow"))
                .containsExactly(
                        "cannot export to MLflow at http://127.0.0.1:1: nothing answers there; training goes on, and it is tried again",
                        "2 runs are not exported to MLflow at http://127.0.0.1:1 in full; do it later with: palette export %s --to mlflow"
                                .formatted(folder.resolve("out/tiny")));
    }

    private List<String> rows(Trial trial) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out/tiny/csv"))) {
            Path file = files.filter(each -> each.toString().endsWith(trial.id() + ".csv"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(file);
        }
    }
}
