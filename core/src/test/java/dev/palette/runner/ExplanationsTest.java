package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Experiment;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.Explanation;
import dev.palette.result.Explanation.Verdict;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of trials that were really run. */
class ExplanationsTest {
    @TempDir
    Path folder;

    @Test
    void aRunTrialIsFinishedUntilItsDataChangeAndOthersAreNew() throws IOException {
        TinyExperiment tiny = TinyExperiment.write(folder);
        Experiment one =
                tiny.experiment(e -> e.adapters(tiny.experiment().adapters().get(0)));
        TinyExperiment.run(one, tiny.options("runs"), new StopSignal(), new Recorder());

        assertThat(explain(tiny)).extracting(Explanation::verdict).containsExactly(Verdict.FINISHED, Verdict.NEW);

        Files.writeString(tiny.data().resolve("CoLA/train.tsv"), "own\t1\t\tthe dog .\n", StandardOpenOption.APPEND);
        assertThat(explain(tiny)).first().satisfies(explanation -> {
            assertThat(explanation.verdict()).isEqualTo(Verdict.STALE);
            assertThat(explanation.text()).contains("\n    data file cola/train: ");
        });
    }

    private static List<Explanation> explain(TinyExperiment tiny) {
        return Explanations.of(tiny.experiment(), tiny.options("runs"), DownloadProgress.SILENT);
    }
}
