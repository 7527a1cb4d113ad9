package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Task;
import dev.palette.train.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricNamesTest {
    private static final List<Task> TASKS = List.of(GlueTasks.of(GlueLayout.COLA), GlueTasks.of(GlueLayout.MNLI));

    @Test
    void aMetricThatNobodyLogsIsRefusedWithTheKnownOnes() {
        MetricNames names = MetricNames.selected(TASKS, new Selection.Holdout(0.1));

        assertThat(names.require("cola.matthews", "--metric")).isEqualTo("cola.matthews");
        assertThatThrownBy(() -> names.require("cola.mathews", "sweep.groovy:12: asha: metric"))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "sweep.groovy:12: asha: metric: unknown metric 'cola.mathews'; did you mean 'cola.matthews'?"
                                + " Known: average.glue, average.original, average.paper, cola.matthews, mnli.accuracy.");
    }

    @Test
    void onDevMnliHasTwoColumns() {
        assertThat(MetricNames.selected(TASKS, new Selection.Dev()).known())
                .contains("mnli.accuracy", "mnli-mm.accuracy");
    }

    @Test
    void whereNothingIsEvaluatedTheMessageSaysWhatToDo() {
        assertThatThrownBy(() ->
                        MetricNames.selected(TASKS, new Selection.Nothing()).require("average.glue", "--metric"))
                .hasMessageStartingWith("--metric: unknown metric 'average.glue': no metric is logged here at all");
    }

    @Test
    void logsAlsoKnowTheLosses(@TempDir Path run) throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), """
                {"step":1,"task":"cola","loss":0.75,"tokens":181,"seconds":1.5}
                """);
        assertThat(MetricNames.logged(List.of(run)).known()).containsExactly("cola.loss", "seconds", "tokens");
    }
}
