package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.task.Average;
import dev.palette.task.Task;
import dev.palette.task.own.OwnTask;
import dev.palette.task.own.OwnTaskOptions;
import dev.palette.task.superglue.SuperGlueFiles;
import dev.palette.task.superglue.SuperGlueTasks;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks in files of one's own, a kind each, are trained and predicted beside each other. */
class OwnTasksTest {
    @TempDir
    private Path folder;

    @Test
    void textsChoicesAndTagsAreTrainedAndPredicted() throws IOException {
        TinyExperiment tiny = TinyExperiment.write(folder);
        String both = "the dog sees .,1\nthe cat hears .,0\n";
        write("texts/train.csv", "text,label\n" + both.repeat(10));
        write("texts/dev.csv", "text,label\n" + both);
        String choice = "{\"start\": \"the dog\", \"ends\": [\"sees .\", \"tree .\"], \"right\": 0}\n";
        write("choices/train.jsonl", choice.repeat(9));
        write("choices/dev.jsonl", choice.repeat(3));
        String sentence = "the O\nred B-X\ndog I-X\nsees O\n\ncat B-X\n\n";
        write("tags/train.txt", sentence.repeat(8));
        write("tags/dev.txt", sentence.repeat(2));
        write("tags/test.txt", "the\nold\ntree\n");
        Experiment experiment = tiny.experiment(e -> e.tasks(List.of(
                        task(
                                "texts",
                                t -> t.csv("texts/*.csv")
                                        .text("text")
                                        .label("label")
                                        .trainExamples(8)),
                        task(
                                "choices",
                                t -> t.jsonLines("choices/*.jsonl")
                                        .text("start")
                                        .choices("ends")
                                        .label("right")),
                        task("tags", t -> t.conll("tags/*.txt").tags("2"))))
                .adapters(tiny.experiment().adapters().get(1)));
        Trial trial = experiment.trials().get(0);

        assertThat(TrialJson.read(trial.json(), Vocabulary.installed())).isEqualTo(trial);
        tiny.run(experiment, "runs", new Recorder());

        Path predictions = tiny.directory("runs", trial).predictions();
        assertThat(predictions.resolve("tags-dev.conll"))
                .content()
                .startsWith("the\tO\t")
                .hasLineCount(14);
        assertThat(predictions.resolve("texts-dev.tsv")).content().hasLineCount(3);
        assertThat(predictions.resolve("choices-dev.tsv")).content().startsWith("index\tprediction\tlabel\tlogit_0");
        assertThat(tiny.metrics("runs", trial)).anyMatch(line -> line.contains("\"tags\"") && line.contains("\"f1\""));
    }

    @Test
    void superGluesEightAreTrainedAndPredicted() throws IOException {
        TinyExperiment tiny = TinyExperiment.write(folder);
        SuperGlueFiles.write(folder.resolve("data"), 4);
        Experiment experiment = tiny.experiment(e -> e.tasks(SuperGlueTasks.eight())
                .adapters(tiny.experiment().adapters().get(1))
                .training(TinyExperiment.training(t -> t.evaluate(new EvaluationPlan.Options()
                        .every(8)
                        .selectOn(new Selection.Holdout(0.25))
                        .keepBest(Average.SUPERGLUE)
                        .build()))));
        Trial trial = experiment.trials().get(0);

        assertThat(TrialJson.read(trial.json(), Vocabulary.installed())).isEqualTo(trial);
        tiny.run(experiment, "runs", new Recorder());

        Path predictions = tiny.directory("runs", trial).predictions();
        assertThat(predictions.resolve("multirc-dev.jsonl")).content().hasLineCount(1);
        assertThat(predictions.resolve("record-dev-scores.tsv")).content().hasLineCount(3);
        assertThat(predictions.resolve("wsc-dev.tsv")).content().hasLineCount(3);
        assertThat(tiny.metrics("runs", trial))
                .anyMatch(line -> line.contains("\"f1a\""))
                .anyMatch(line -> line.contains("\"f1_macro\""));
    }

    private Task task(String name, Consumer<OwnTaskOptions> options) {
        return OwnTask.of(name, options).readFrom(folder.resolve("data"));
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve("data").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
